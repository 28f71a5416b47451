"""The parts of the engine that are timed one by one, each made ready by a function of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from benchmarks.registry import BenchSpec
from turnus.audit import audit
from turnus.bench.families import FAMILIES
from turnus.bench.run import Terms
from turnus.case import Case, load_case
from turnus.lines.cover import FloatArray, build_cover
from turnus.lines.master import Master
from turnus.lines.model import LineModel, build_line_model
from turnus.lines.pricing import OwnWorth, Pricer
from turnus.posts import Plan, Planner
from turnus.problem import Post, Problem, Rota
from turnus.rota.build import COVERING, HEAT
from turnus.rota.least_cost import MOST_LINES, PROGRAM_NODES, PROGRAM_SECONDS
from turnus.rota.neighbourhood import Choice, Pool, explored
from turnus.rota.standing import Standing, build_task
from turnus.rota.state import Search, Tables
from turnus.solve import SolveOptions, solve

Work = Callable[[], object]
Fresh = Callable[[], Work]
NEIGHBOURS = 3  # posts of a neighbourhood
SETTLING = 1_000  # moves after which a rota is worth a look around
NEVER = -1.0  # a goal that no cost reaches, so that a search makes all its moves


@dataclass(frozen=True)
class _Planned:
    """What the timed parts start from: the best plan of a case and the prices that prove it."""

    case: Case
    model: LineModel
    master: Master
    plan: Plan
    prices: FloatArray


@cache
def _planned(path: str, overrides: tuple[str, ...]) -> _Planned:
    case = load_case(BenchSpec("", path, overrides, ()).path, overrides)
    model = build_line_model(case.problem, case.rules)
    master = _new_master(case.problem, model)
    plan = Planner(case.problem, master).plan()
    assert plan is not None, f"{path}: no staffing plan"
    best = max(master.cuts, key=lambda cut: cut.value(plan.numbers))
    return _Planned(case, model, master, plan, best.prices)


def _new_master(problem: Problem, model: LineModel) -> Master:
    return Master(Pricer(model, build_cover(problem, model)))


def _line(spec: BenchSpec) -> Fresh:
    """Time one best line, of the kind of post that the plan has most of."""
    ready = _planned(spec.scenario, spec.overrides)
    kind = int(np.argmax(ready.plan.numbers))
    return lambda: lambda: ready.master.pricer.column(kind, ready.prices)


def _pricing(spec: BenchSpec) -> Fresh:
    """Time what a line of every kind of post earns at most, at given prices."""
    ready = _planned(spec.scenario, spec.overrides)
    return lambda: lambda: ready.master.pricer.profits(ready.prices)


def _master(spec: BenchSpec) -> Fresh:
    """Time column generation from nothing, at the numbers of posts of the best plan."""
    ready = _planned(spec.scenario, spec.overrides)

    def fresh() -> Work:
        master = _new_master(ready.case.problem, ready.model)
        return lambda: master.evaluate(ready.plan.numbers)

    return fresh


def _plan(spec: BenchSpec) -> Fresh:
    """Time the proven best staffing plan, all goals, from nothing."""
    ready = _planned(spec.scenario, spec.overrides)

    def fresh() -> Work:
        planner = Planner(ready.case.problem, _new_master(ready.case.problem, ready.model))
        return planner.plan

    return fresh


def _search(spec: BenchSpec) -> Fresh:
    """Time moves of the rota search by one worker, from a fresh start on the best plan."""
    ready = _planned(spec.scenario, spec.overrides)
    tables = Tables(ready.case.problem, ready.model, ready.plan.posts(ready.master))

    def fresh() -> Work:
        search = Search(tables, 1)
        return lambda: search.run(spec.effort, HEAT, COVERING, NEVER)

    return fresh


def _neighbourhood(spec: BenchSpec) -> Fresh:
    """Time the best lines of a few posts on all days, the others' lines kept."""
    ready = _planned(spec.scenario, spec.overrides)
    posts = ready.plan.posts(ready.master)
    task = build_task(ready.case.problem, ready.model, posts, OwnWorth({}, {}))
    search = Search(Tables(ready.case.problem, ready.model, posts), 1)
    search.run(SETTLING, HEAT, COVERING, NEVER)
    standing = Standing.of_lines(task, search.best_lines)
    choice = Choice(tuple(range(NEIGHBOURS)), np.ones(ready.case.problem.days, bool))

    def fresh() -> Work:
        return lambda: explored(
            task, standing, choice, Pool(), MOST_LINES, PROGRAM_SECONDS, PROGRAM_NODES, lambda: False
        )

    return fresh


def _public(spec: BenchSpec) -> Fresh:
    """Time an instance of a public set from its file to the score, proven."""
    family, folder = FAMILIES[spec.path.name], spec.path
    terms = Terms(60.0, 1, 2)
    return lambda: lambda: family.run(folder, spec.instance, terms, lambda *_: None)


def _audit(spec: BenchSpec) -> Fresh:
    """Time every rule's checker over a rota: lines of the file's own horizon, repeated over a longer."""
    short, case = load_case(spec.path), load_case(spec.path, spec.overrides)
    lines = _lines(short)
    repeated = lines[:, np.arange(case.problem.days) % short.problem.days]
    rota = Rota(_posts(case), repeated)
    return lambda: lambda: audit(case.problem, case.rules, rota)


def _posts(case: Case) -> tuple[Post, ...]:
    return tuple(Post(index, of_class.sizes[0]) for index, of_class in enumerate(case.problem.classes))


def _lines(case: Case) -> npt.NDArray[np.int16]:
    tables = Tables(case.problem, build_line_model(case.problem, case.rules), _posts(case))
    return Search(tables, 1).best_lines


def _solve(spec: BenchSpec) -> Fresh:
    """Time everything from the read file to the audited rota."""
    case = load_case(spec.path, spec.overrides)
    options = SolveOptions(effort=spec.effort, seed=1, workers=2)
    return lambda: lambda: solve(case, options)


#: A function for each part: it takes a spec and returns what makes one timed call ready.
PARTS: dict[str, Callable[[BenchSpec], Fresh]] = {
    "line": _line,
    "pricing": _pricing,
    "master": _master,
    "plan": _plan,
    "search": _search,
    "neighbourhood": _neighbourhood,
    "public": _public,
    "audit": _audit,
    "solve": _solve,
}
