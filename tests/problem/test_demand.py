"""Demand as rows: the reading that everything above rests on."""

from pathlib import Path
from typing import Any

import pytest

from tests.files import ADA, BO, SHIFTS, case, small
from turnus.case import load_case
from turnus.problem import Problem

WARD = Path(__file__).parents[2] / "scenarios" / "reference-ward"
SATURDAY = 5

#: (begins, ends, headcount, nurses, shifts) of a day's blocks.
Block = tuple[str, int, int, frozenset[str]]


def blocks(problem: Problem, day: int) -> list[Block]:
    """Return (hours, need, nurses, codes) of each stretch of a day, in order."""
    found: dict[tuple[int, int], list[Any]] = {}
    for row in problem.rows:
        if row.day == day:
            codes = frozenset(problem.codes[action] for _day, action in row.cells)
            assert {cell_day for cell_day, _action in row.cells} == {day}
            entry = found.setdefault((row.begins, row.ends), [0, 0, codes])
            entry[0 if row.competence is None else 1] = row.need
            assert entry[2] == codes
            assert row.most == (row.need + 3 if row.competence is None else None)
    return [(_clock(times), *entry) for times, entry in sorted(found.items())]


def _clock(times: tuple[int, int]) -> str:
    return "-".join(f"{minutes // 60 % 24:02d}{minutes % 60:02d}" for minutes in times)


def codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


DAY_EVENING_NIGHT = [
    ("0745-1445", 8, 3, codes("D")),
    ("1500-2200", 6, 2, codes("A")),
    ("2215-0730", 2, 1, codes("N")),
]
VARIANTS = {
    "base": [
        ("0745-1445", 6, 2, codes("D")),
        ("1500-2200", 5, 1, codes("A")),
        ("2215-0730", 2, 1, codes("N")),
    ],
    "long-full-edges": [
        ("0745-0945", 6, 2, codes("D L")),
        ("0945-1445", 6, 2, codes("D L L2")),
        ("1500-2000", 5, 1, codes("A L L2")),
        ("2000-2200", 5, 1, codes("A L2")),
        ("2215-0730", 2, 1, codes("N")),
    ],
    "long-4-3": [
        ("0745-0945", 4, 1, codes("D L")),
        ("0945-1445", 6, 2, codes("D L L2")),
        ("1500-2000", 5, 1, codes("A L L2")),
        ("2000-2200", 3, 1, codes("A L2")),
        ("2215-0730", 2, 1, codes("N")),
    ],
    "long-3-3": [
        ("0745-0945", 3, 1, codes("D L")),
        ("0945-1445", 6, 2, codes("D L L2")),
        ("1500-2000", 5, 1, codes("A L L2")),
        ("2000-2200", 3, 1, codes("A L2")),
        ("2215-0730", 2, 1, codes("N")),
    ],
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_reference_ward_is_read_as_it_was_measured(variant: str) -> None:
    problem = load_case(WARD / f"{variant}.yaml").problem
    for week in range(problem.weeks):
        for weekday in range(5):
            assert blocks(problem, 7 * week + weekday) == DAY_EVENING_NIGHT
        for weekday in (5, 6):
            assert blocks(problem, 7 * week + weekday) == VARIANTS[variant]


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_stretches_of_a_day_add_up_to_the_whole_day(variant: str) -> None:
    """Hand-over minutes are part of the stretch before them, so nothing is lost and nothing counted twice."""
    problem = load_case(WARD / f"{variant}.yaml").problem
    for day in range(problem.days):
        rows = [row for row in problem.rows if row.day == day and row.competence is None]
        assert sum(row.minutes for row in rows) == 24 * 60


def test_the_weekend_of_the_reference_ward_begins_on_friday_night() -> None:
    problem = load_case(WARD / "long-3-3.yaml").problem
    named = {(day, problem.codes[action]) for day, action in problem.weekend_cells}
    assert named == {(4, "N")} | {(day, code) for day in (5, 6) for code in ("D", "A", "N", "L", "L2")}
    assert problem.weekend_days == (5, 6)


def rows_of(*demand: dict[str, Any], **changes: Any) -> Problem:
    people = [ADA | {"size": 100}, BO | {"size": 100}]
    return case(small(demand=list(demand), **({"staff": people} | changes))).problem


def test_a_day_that_no_key_names_asks_for_nobody_and_limits_nobody() -> None:
    problem = rows_of(
        {"block": "day", "from": "07:30", "to": "15:00", "need": {"monday": 1}, "max_surplus": 0}
    )
    assert {row.day % 7 for row in problem.rows} == {0}


def test_a_need_of_nobody_with_a_limit_is_a_row() -> None:
    problem = rows_of(
        {"block": "day", "from": "07:30", "to": "15:00", "need": {"monday": 1, "sunday": 0}, "max_surplus": 1}
    )
    sundays = [row for row in problem.rows if row.day % 7 == 6]
    assert [(row.need, row.most) for row in sundays] == [(0, 1)] * 6


def test_by_shift_a_row_holds_exactly_those_shifts() -> None:
    problem = rows_of({"block": "late", "shifts": ["A", "N"], "need": {"monday": 1}})
    assert {frozenset(problem.codes[a] for _d, a in row.cells) for row in problem.rows} == {codes("A N")}
    assert {row.minutes for row in problem.rows} == {450}


def test_a_night_that_began_before_covers_the_morning_after() -> None:
    early = {"block": "early", "from": "06:00", "to": "07:30", "need": {"monday": 1}}
    problem = rows_of(early)
    first = problem.rows[0]
    assert first.day == 0
    assert first.cells == {(problem.days - 1, 3)}, "in a cycle the last night of the cycle"


@pytest.mark.parametrize(("last", "need"), [("N", 0), ("D", 1), ("off", 1)])
def test_before_a_calendar_plan_the_history_tells_who_was_there(last: str, need: int) -> None:
    early = {"block": "early", "from": "06:00", "to": "07:30", "need": {"monday": 1}, "max_surplus": 1}
    problem = rows_of(
        early,
        horizon={"weeks": 6, "start": "2027-03-22"},
        staff=[ADA | {"size": 100, "history": ["off", last]}, BO | {"size": 100}],
    )
    first = problem.rows[0]
    assert (first.need, first.most, first.cells) == (need, 1 + need, frozenset())


def test_who_may_cover_for_whom() -> None:
    block = {"block": "day", "from": "07:30", "to": "15:00", "need": {"monday": 1}}
    problem = rows_of(
        block | {"of_which": {"aide": {"monday": 1}}}, competences={"nurse": {"covers": ["aide"]}, "aide": {}}
    )
    by_competence = {row.competence: row.workers for row in problem.rows}
    assert by_competence == {None: frozenset({0, 1}), 1: frozenset({0, 1})}
    alone = rows_of(block | {"of_which": {"aide": {"monday": 1}}})
    assert {row.workers for row in alone.rows if row.competence == 1} == {frozenset({1})}


@pytest.mark.parametrize(("at_most", "stretches"), [("30 min", 1), ("15 min", 1), ("14 min", 3)])
def test_hand_overs_up_to_the_limit_are_no_stretch_of_their_own(at_most: str, stretches: int) -> None:
    block = {"block": "day", "from": "07:30", "to": "15:00", "need": {"monday": 1}}
    problem = rows_of(block, handover={"at_most": at_most})
    rows = [row for row in problem.rows if row.day == 0]
    assert len(rows) == stretches
    assert sum(row.minutes for row in rows) == 450


def test_a_meeting_covers_nothing() -> None:
    meeting = {"code": "M", "from": "07:30", "to": "15:00", "covers": False}
    problem = rows_of(
        {"block": "day", "from": "07:30", "to": "15:00", "need": {"monday": 1}}, shifts=[*SHIFTS, meeting]
    )
    assert {action for row in problem.rows for _day, action in row.cells} == {1}
    assert problem.minutes[4] == 450
