"""What a plan takes over: lines of other units by their codes, of other weeks, cuts of the small program."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from tests.builders import DAY, EVENING, NIGHT, person, problem, row
from tests.posts.test_bounds import tiny_unit
from turnus.lines.cover import build_cover
from turnus.lines.master import Evaluation, Master
from turnus.lines.model import build_line_model
from turnus.lines.pricing import Pricer
from turnus.lines.weeks_alike import weeks_alike
from turnus.posts import Experience, Planner, lay_groundwork
from turnus.problem import FULL_TIME, OFF, Problem, Shift
from turnus.rules import Rule
from turnus.rules.agreed.max_working_days_in_a_row import MaxWorkingDaysInARow
from turnus.rules.structure.personal_limits import PersonalLimits

RULES: tuple[Rule, ...] = (MaxWorkingDaysInARow(days=6), PersonalLimits())


def ward(*shifts: Shift) -> Problem:
    rows = tuple(row(day, (1,), 1, minutes=450) for day in range(7))
    return problem(person("Kari", shifts=shifts), shifts=shifts, rows=rows)


def words(unit: Problem, line: Any) -> list[str]:
    """Return the codes of a line's days at work, and nothing for days off."""
    return ["" if action == OFF else unit.codes[action] for action in line]


@pytest.mark.parametrize("there", [(NIGHT, DAY), (EVENING, NIGHT, DAY)])
def test_lines_come_by_the_codes_of_their_shifts(there: tuple[Shift, ...]) -> None:
    here = ward(DAY, NIGHT)
    line = np.array([1, 1, 0, 2, 2, 0, 1], np.int16)
    given = lay_groundwork(ward(*there), RULES, like=Experience(here, (("Kari", FULL_TIME, line),), ()))
    (column,) = given.quick.columns
    assert words(given.problem, column.line) == words(here, line)


def test_a_line_with_a_shift_that_is_not_there_is_not_taken() -> None:
    line = np.array([1, 1, 0, 2, 2, 0, 1], np.int16)
    like = Experience(ward(DAY, NIGHT), (("Kari", FULL_TIME, line),), ())
    assert not lay_groundwork(ward(DAY), RULES, like=like).quick.columns


def movable(cyclic: bool) -> list[str]:
    """Return whose lines may be moved by weeks: of one with free Mondays, one with a free Monday, and one."""
    shifts = (DAY, NIGHT)
    people = [
        person(name, shifts=shifts, bans=frozenset((day, action) for day in days for action in (1, 2)))
        for name, days in (("Every", (0, 7)), ("Once", (7,)), ("Never", ()))
    ]
    rows = tuple(row(day, (1,), 1 + day // 7, minutes=450) for day in range(14))
    unit = problem(*people, weeks=2, cyclic=cyclic, shifts=shifts, rows=rows)
    model = build_line_model(unit, RULES)
    alike = weeks_alike(unit, Master(Pricer(model, build_cover(unit, model))))
    assert alike is not None
    return [unit.classes[index].id for index in sorted(alike.movable)]


def test_lines_are_moved_only_where_every_week_bans_the_same() -> None:
    assert movable(cyclic=True) == ["Every", "Never"]


def test_no_line_of_a_calendar_plan_is_moved() -> None:
    assert movable(cyclic=False) == []


@pytest.mark.parametrize("seed", [1, 3, 5, 7])
def test_the_small_program_is_asked_once_for_the_same_posts_and_all_its_cuts_are_lifted(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit, rules, _ = tiny_unit(seed)
    unit = dataclasses.replace(unit, goals=("uncovered", "full_time_posts", "fewest_heads"))
    ground = lay_groundwork(unit, rules)
    alike = ground.alike
    assert alike is not None
    asked: list[bytes] = []
    cuts: list[bytes] = []
    evaluate = Master.evaluate

    def noted(self: Master, numbers: Any, *given: Any) -> Evaluation:
        found = evaluate(self, numbers, *given)
        if self is alike.small:
            asked.append(numbers.tobytes())
            cuts.extend(cut.prices[alike.group_of].tobytes() for cut in found.cuts)
        return found

    monkeypatch.setattr(Master, "evaluate", noted)
    planner = Planner(unit, ground.master, alike=alike)
    assert planner.plan() is not None
    planner.plan({"full_time_posts": 1})  # which asks the whole program for other numbers
    assert asked
    assert len(asked) == len(set(asked))
    lifted = {cut.prices.tobytes() for cut in ground.master.cuts}
    assert set(cuts) <= lifted
    assert {cut.prices[alike.group_of].tobytes() for cut in alike.small.cuts} <= lifted
