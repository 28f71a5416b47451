"""The reference model: every hard rule and every row of demand for posts that are given."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from turnus.cpsat.encoders import Count, encode
from turnus.cpsat.line import Line
from turnus.cpsat.together import FixedLine, Person, encode_together
from turnus.problem import Post, PostClass, Problem, Row
from turnus.rules import Rule

Actions = npt.NDArray[np.int16]
Status = Literal["optimal", "feasible", "infeasible", "unknown"]
_STATUS: dict[Any, Status] = {
    cp_model.OPTIMAL: "optimal",
    cp_model.FEASIBLE: "feasible",
    cp_model.INFEASIBLE: "infeasible",
}


@dataclass(frozen=True)
class Reference:
    """The model of some posts' lines; `lines` has None for a post whose line is fixed.

    `uncovered` is in minutes times each row's value, `health` in points: times counted x weight.
    """

    model: cp_model.CpModel
    lines: tuple[Line | None, ...]
    uncovered: Count
    health: Count


@dataclass(frozen=True)
class Solved:
    """What the solver found; `lines` and `uncovered` are None unless the status is optimal or feasible."""

    status: Status
    lines: Actions | None
    uncovered: int | None
    bound: float | None


def reference_model(
    problem: Problem,
    rules: Sequence[Rule],
    posts: Sequence[Post],
    fixed: Mapping[int, Actions] | None = None,
    *,
    health: bool = False,
) -> Reference:
    """Return the model of all hard rules for given posts, minimising uncovered demand.

    Parameters
    ----------
    problem, rules, posts
        What the rota is for; rules about the posts themselves are not part of the model.
    fixed
        Lines that stand as they are, by post.
    health
        Whether to count the soft rules too.
    """
    fixed = fixed or {}
    model = cp_model.CpModel()
    lines: list[Line | None] = []
    points: Count = 0
    for index, post in enumerate(posts):
        if index in fixed:
            lines.append(None)
            continue
        post_class = _of_size(problem, post)
        line = Line(model, problem, post_class, name=f"{post_class.id}#{index}")
        points += _encode_rules(line, problem, rules, post_class, health)
        lines.append(line)
    points += _encode_together(model, problem, rules, _people(problem, posts, lines, fixed), health)
    capped = any(rule.lowering == "rows" for rule in rules)
    missing: Count = 0
    for row in problem.rows:
        missing += _encode_row(model, problem, posts, lines, fixed, row, capped)
    model.minimize(missing)
    return Reference(model, tuple(lines), missing, points)


def _of_size(problem: Problem, post: Post) -> PostClass:
    """Return the class of a post as if it had this size only, so that its hours are exact."""
    return replace(problem.classes[post.class_index], sizes=(post.size,))


def _encode_rules(
    line: Line, problem: Problem, rules: Sequence[Rule], post: PostClass, health: bool
) -> Count:
    points: Count = 0
    for rule in rules:
        if rule.lowering != "line" or not rule.applies_to(post) or not (rule.hard or health):
            continue
        for kind in rule.lower(problem, post):
            points += rule.weight * encode(line, kind, hard=rule.hard)
        if type(rule).hours_cost is not Rule.hours_cost:
            points += rule.weight * _hours_cost(line, problem, rule, post)
    return points


def _people(
    problem: Problem, posts: Sequence[Post], lines: Sequence[Line | None], fixed: Mapping[int, Actions]
) -> dict[int, Person]:
    """Return the named people's lines by their class, those that are fixed too."""
    people = {}
    for index, post in enumerate(posts):
        owner = problem.classes[post.class_index]
        if owner.named:
            line = lines[index] or FixedLine(problem, owner, fixed[index].tolist())
            people[post.class_index] = Person(line, post.size)
    return people


def _encode_together(
    model: cp_model.CpModel,
    problem: Problem,
    rules: Sequence[Rule],
    people: Mapping[int, Person],
    health: bool,
) -> Count:
    """Add the rules that tie named people together; return the soft ones' points."""
    points: Count = 0
    for rule in rules:
        if rule.hard or health:
            for kind in rule.lower_together(problem):
                points += rule.weight * encode_together(model, problem, people, kind, hard=rule.hard)
    return points


def _hours_cost(line: Line, problem: Problem, rule: Rule, post: PostClass) -> Count:
    """Return what a rule counts for the planned hours, as a table over all that lie in the post's window.

    Converted hours have none, for the hours of such a post follow from its line: the audit counts them.
    """
    if post.converted:
        return 0
    position = post.position(post.sizes[0], problem.days)
    least, most = post.window(post.sizes[0], problem.days)
    most = min(most, problem.days * max(problem.minutes))
    costs = [
        (minutes, rule.hours_cost(math.floor(abs(minutes - position)))) for minutes in range(least, most + 1)
    ]
    planned = line.model.new_int_var(least, max(least, most), "")
    cost = line.model.new_int_var(0, max((one for _, one in costs), default=0), "")
    line.model.add(planned == line.total(problem.minutes, range(problem.days)))
    line.model.add_allowed_assignments([planned, cost], costs)
    return cost


def _encode_row(
    model: cp_model.CpModel,
    problem: Problem,
    posts: Sequence[Post],
    lines: Sequence[Line | None],
    fixed: Mapping[int, Actions],
    row: Row,
    capped: bool,
) -> Count:
    """Add a row of demand; return what is missing in it, in minutes times value."""
    present: Count = 0
    for index, post in enumerate(posts):
        if problem.classes[post.class_index].competence not in row.workers:
            continue
        line = lines[index]
        if line is None:
            present += int(any(fixed[index][day] == action for day, action in row.cells))
        else:
            present += sum(line.cells[day][action] for day, action in sorted(row.cells))
    if capped and row.most is not None:
        _at_most(model, present, row.most)
    if not row.need:
        return 0
    short = model.new_int_var(0, row.need, "")
    model.add(short >= row.need - present)
    return row.minutes * row.value * short


def _at_most(model: cp_model.CpModel, present: Count, most: int) -> None:
    if not isinstance(present, int):
        model.add(present <= most)
    elif present > most:
        model.add_bool_or([])  # the fixed lines alone break the limit


def solve_reference(
    problem: Problem,
    rules: Sequence[Rule],
    posts: Sequence[Post],
    deterministic_seconds: float,
    seed: int,
    hint: Actions | None = None,
    fixed: Mapping[int, Actions] | None = None,
    *,
    health: bool = False,
    wall_seconds: float | None = None,
) -> Solved:
    """Solve the reference model within a deterministic limit, which makes the answer repeatable.

    With `health` the soft rules are minimised after the uncovered demand, in the same limit again.
    `wall_seconds`, of each of the two, ends the work by the clock as well.
    """
    built = reference_model(problem, rules, posts, fixed, health=health)
    for index, line in enumerate(built.lines):
        if line is not None and hint is not None:
            line.hint(hint[index])
    solver = _solver(deterministic_seconds, seed, wall_seconds)
    status = _STATUS.get(solver.solve(built.model), "unknown")
    if status not in ("optimal", "feasible"):
        return Solved(status, None, None, None)
    found = Solved(
        status, _lines(solver, built, fixed or {}), round(solver.objective_value), solver.best_objective_bound
    )
    if health and not isinstance(built.health, int):
        return _healthier(built, found, fixed or {}, _solver(deterministic_seconds, seed, wall_seconds))
    return found


def _healthier(
    built: Reference, found: Solved, fixed: Mapping[int, Actions], solver: cp_model.CpSolver
) -> Solved:
    """Return a rota with no more uncovered demand and fewer health points, if one is found."""
    assert found.lines is not None
    built.model.clear_hints()  # type: ignore[no-untyped-call]
    for line, actions in zip(built.lines, found.lines, strict=True):
        if line is not None:
            line.hint(actions)
    built.model.add(built.uncovered <= found.uncovered)
    built.model.minimize(built.health)
    if solver.solve(built.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return found
    return replace(found, lines=_lines(solver, built, fixed))


def _solver(deterministic_seconds: float, seed: int, wall_seconds: float | None) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.max_deterministic_time = deterministic_seconds
    if wall_seconds is not None:
        solver.parameters.max_time_in_seconds = max(0.0, wall_seconds)
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1
    # Solving off the main thread, the solver's own Ctrl-C handling would end the whole process.
    solver.parameters.catch_sigint_signal = False
    return solver


def _lines(solver: cp_model.CpSolver, built: Reference, fixed: Mapping[int, Actions]) -> Actions:
    """Return the lines of a solution; only after a status that has one, else the values are garbage."""
    rows = []
    for index, line in enumerate(built.lines):
        if line is None:
            rows.append([int(action) for action in fixed[index]])
        else:
            rows.append(
                [next(a for a, cell in enumerate(day) if solver.boolean_value(cell)) for day in line.cells]
            )
    return np.array(rows, dtype=np.int16)
