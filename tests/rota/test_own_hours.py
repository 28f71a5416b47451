"""Hours that a line decides by itself: the compiled arithmetic is the checker's, and searches keep them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.builders import HOUR, person, problem, row
from turnus.audit import audit
from turnus.lines.model import CONVERTED as REASON
from turnus.lines.model import LineModel, build_line_model
from turnus.lines.program import any_pass, best_line
from turnus.problem import Post, PostClass, Problem, Rota
from turnus.rota.build import build_rota
from turnus.rota.effort import Limits
from turnus.rota.own_hours import OUTSIDE, TRIES, hours_outside, own_hours, units_of_line
from turnus.rota.search import _best_own_line
from turnus.rota.state import Search, Style, Tables
from turnus.rules.agreed.max_working_days_in_a_row import MaxWorkingDaysInARow
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.structure.hours_of_post import HoursOfPost

CONVERTED: dict[str, Any] = {"converted": True, "full_week_minutes": 2130}
TOLERANCES: dict[str, Any] = {"under_minutes": 4 * HOUR, "over_minutes": 0}
HOURS = HoursOfPost()
RULES = (DailyRest(rest_minutes=9 * HOUR), MaxWorkingDaysInARow(days=5), HOURS)
SIZES = (5_000, 7_500, 10_000)
STYLE = Style(growth=0.3, jitter=0.5, narrow=0.5)


def ward(*people: PostClass, weeks: int = 6, cyclic: bool = True) -> Problem:
    days = range(7 * weeks)
    rows = tuple(row(day, (action,), 1, block=str(action)) for day in days for action in (1, 2, 3))
    return problem(*people, weeks=weeks, cyclic=cyclic, rows=rows)


def posts_of(unit: Problem) -> list[Post]:
    return [Post(index, one.sizes[0]) for index, one in enumerate(unit.classes)]


def model_of(unit: Problem) -> LineModel:
    return build_line_model(unit, RULES)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("leave", [0, 3])
def test_hours_outside_are_those_that_the_checker_finds(size: int, leave: int) -> None:
    one = person(sizes=(size,), leave=frozenset(range(leave)), **CONVERTED, **TOLERANCES)
    unit = ward(one, weeks=2)
    hours = own_hours(unit, model_of(unit), posts_of(unit))
    rng = np.random.default_rng(7)
    for _ in range(300):
        line = rng.choice(4, 14, p=[0.4, 0.3, 0.2, 0.1]).astype(np.int16)
        line[:leave] = 0
        rota = Rota((Post(0, size),), line[None, :])
        found = [breach.amount for breach in HOURS.violations(unit, rota)]
        minutes = 60 * hours_outside(0, line, hours)
        assert [int(np.ceil(minutes - 1e-6))] == (found or [0])


def test_the_units_are_those_of_the_line_within_what_any_line_may_have() -> None:
    unit = ward(person(**CONVERTED, **TOLERANCES), weeks=1)
    model = model_of(unit)
    hours = own_hours(unit, model, posts_of(unit))
    assert model.unit_minutes == 45
    assert model.classes[0].windows[10_000] == (40, 47)  # 1776 to 2130 min
    # A night and an evening: 2111.25 min and 4 h less, 1871.25; whole units of 45 min from 42 to 46.
    line = np.array([1, 1, 2, 0, 3, 0, 0], np.int16)
    assert units_of_line(0, line, 40, 47, hours) == (42, 46)
    assert units_of_line(0, line, 43, 45, hours) == (43, 45)


def test_posts_of_fixed_hours_are_left_alone() -> None:
    unit = ward(person(full_week_minutes=2130, **TOLERANCES), weeks=1)
    hours = own_hours(unit, model_of(unit), posts_of(unit))
    empty = np.zeros(7, np.int16)
    assert hours_outside(0, empty, hours) == 0
    assert units_of_line(0, empty, 42, 47, hours) == (42, 47)


def test_the_line_program_says_that_it_only_bounds_converted_hours() -> None:
    unit = ward(person(**CONVERTED, **TOLERANCES), person("Ola", full_week_minutes=2130, **TOLERANCES))
    assert [(left.rule, left.reason) for left in model_of(unit).left_out] == [("hours_of_post", REASON)]
    flat = ward(person(full_week_minutes=2130, **TOLERANCES))
    assert model_of(flat).left_out == ()


def crowd() -> list[PostClass]:
    return [
        person(f"P{index}", sizes=(size,), **CONVERTED, **TOLERANCES)
        for index, size in enumerate((10_000, 10_000, 10_000, 7_500, 7_500, 5_000))
    ]


@pytest.mark.parametrize("cyclic", [True, False])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_line_of_a_search_has_its_hours(cyclic: bool, seed: int) -> None:
    unit = ward(*crowd(), cyclic=cyclic)
    tables = Tables(unit, model_of(unit), posts_of(unit))
    built = build_rota(tables, seed, Limits(500, workers=1), 0.0)
    assert built.rota is not None
    assert audit(unit, RULES, built.rota).hard == ()
    search = Search(tables, seed, built.rota.lines)
    search.run(200, 5.0, STYLE, goal=-1.0)
    assert audit(unit, RULES, Rota(built.rota.posts, search.lines)).hard == ()
    assert search.own.max() == 0


def test_a_search_mends_a_line_whose_hours_are_others_before_anything_else() -> None:
    unit = ward(*crowd())
    tables = Tables(unit, model_of(unit), posts_of(unit))
    lawful = build_rota(tables, 1, Limits(500, workers=1), 0.0).rota
    assert lawful is not None
    # 27 days are 12150 min, which some line may have (11856 to 12780); one without nights and Sundays has
    # 12780 min less 4 h, 12540: 390 min or 6.5 h short.
    lines = lawful.lines.copy()
    lines[0] = ([1] * 5 + [0] * 2) * 5 + [1, 1, 0, 0, 0, 0, 0]
    (breach,) = HOURS.violations(unit, Rota(lawful.posts, lines))
    assert (breach.post, breach.amount) == (0, 390)
    search = Search(tables, 1, lines)
    assert search.own.tolist() == pytest.approx([6.5 * OUTSIDE, 0, 0, 0, 0, 0])
    assert search.best[0] == pytest.approx(search.best_cover + 6.5 * OUTSIDE)
    search.run(300, 0.3, STYLE, goal=-1.0)
    assert audit(unit, RULES, Rota(lawful.posts, search.best_lines)).hard == ()
    assert search.best[0] == pytest.approx(search.best_cover)


def test_a_line_is_looked_for_again_in_every_pass() -> None:
    """And not in that of the line whose hours turned out to be others."""
    unit = ward(person(**CONVERTED, **TOLERANCES), weeks=2)
    tables = Tables(unit, model_of(unit), posts_of(unit))
    posts, programs = tables.post_arrays, tables.programs
    lo, hi, hours = posts[3][0], posts[4][0], posts[8]
    old, ends, rng = np.zeros(unit.days, np.int16), posts[6][0], np.random.default_rng(3)
    looks = 0
    for _ in range(60):
        prices = rng.integers(-5, 9, (unit.days, unit.actions)).astype(float)
        line, window = old.copy(), units_of_line(0, old, lo, hi, hours)
        for _ in range(TRIES):
            looks, via = looks + 1, any_pass()
            value = best_line(programs.arrays, 0, prices, ends, *window, programs.scratch, line, via)
            if value == -np.inf or hours_outside(0, line, hours) == 0:
                break
            window = units_of_line(0, line, lo, hi, hours)
        if value == -np.inf or hours_outside(0, line, hours) > 0:
            continue
        found, via = old.copy(), any_pass()
        assert _best_own_line(0, posts, prices, old, programs.arrays, programs.scratch, found, via) == value
        assert found.tolist() == line.tolist()
    assert looks > 60
