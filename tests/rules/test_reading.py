"""Finding the shifts around a day: in one step from a line's own reader, as day by day from any other."""

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import THREE, person, problem, rota
from turnus.rules import PROFILES, RULES, Rule
from turnus.rules.reading import last_shift_before, next_shift_after, reader

WEEKS = st.integers(1, 3).flatmap(lambda weeks: st.text("D--", min_size=7 * weeks, max_size=7 * weeks))
CODES = "".join(shift.code for shift in THREE)


@given(
    line=WEEKS,
    history=st.text(f"{CODES}--", max_size=30),
    cyclic=st.booleans(),
    day=st.integers(-40, 60),
)
def test_the_shifts_around_a_day_are_those_found_day_by_day(
    line: str, history: str, cyclic: bool, day: int
) -> None:
    unit = problem(person(history="" if cyclic else history), weeks=len(line) // 7, cyclic=cyclic)
    read = reader(unit, rota(unit, line), 0)

    def plain(asked: int) -> int | None:
        return read(asked)

    assert last_shift_before(unit, read, day) == last_shift_before(unit, plain, day)
    assert next_shift_after(unit, read, day) == next_shift_after(unit, plain, day)


def calls_of(rules: list[Rule], unit: Any, found: Any) -> int:
    """Return how many calls of functions an audit makes."""
    number = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal number
        number += event == "call"

    sys.setprofile(count)
    try:
        for rule in rules:
            for _breach in rule.violations(unit, found):
                pass
    finally:
        sys.setprofile(None)
    return number


@pytest.mark.parametrize("pattern", ["DDADD--", "D------", "-------"])
@pytest.mark.parametrize("cyclic", [True, False])
def test_an_audit_takes_work_in_proportion_to_the_length_of_the_rota(pattern: str, cyclic: bool) -> None:
    """Twice the weeks cost twice the calls, also when nearly every day is off."""
    profile = PROFILES["ks-lokal"]
    rules = [
        rule.model_validate(
            {key: value for key, value in profile.values_of(rule).items() if key != "enabled"}
        )
        for rule in RULES
        if profile.holds(rule)
    ]
    calls = []
    for weeks in (26, 52):
        unit = problem(weeks=weeks, cyclic=cyclic)
        line = pattern + "-" * 7 * (weeks - 1) if pattern == "D------" else pattern * weeks
        calls.append(calls_of(rules, unit, rota(unit, line)))
    assert calls[1] < 2.2 * calls[0]
