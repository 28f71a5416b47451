"""Breaks: what a shift of a certain length must have."""

from dataclasses import replace
from typing import Literal

import pytest

from tests.builders import DAY, problem, shift
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.problem import Shift
from turnus.problem.model import Part
from turnus.rules.kinds import Sequence
from turnus.rules.law.breaks import Breaks
from turnus.texts import using_language


def of(begins: str, ends: str, break_minutes: int | None, unpaid: int = 0) -> Shift:
    one = shift("B", begins, ends, "day", break_minutes=break_minutes)
    return replace(one, minutes=one.minutes - unpaid)


EIGHT_HOURS_20 = of("07:30", "15:30", 20)
TRIALS = {"breaks": Trial(Breaks(), "-B -BD -D -B - - -BD", shifts=(DAY, EIGHT_HOURS_20))}
FAULTS = [("breaks", Sequence, ("step 0 without 2",))]


@pytest.mark.parametrize(
    ("one", "short"),
    [
        (of("07:30", "15:30", 30), 0),  # exactly 8 h with exactly 30 min
        (of("07:30", "15:30", 29), 1),
        (of("07:30", "15:29", 20), 0),  # a minute less than 8 h: any break will do
        (of("07:30", "15:29", 0), 1),
        (of("08:00", "13:30", 0), 0),  # exactly 5.5 h: none is needed
        (of("08:00", "13:31", 0), 1),
        (of("22:00", "07:45", 0), 30),  # over midnight
        (of("07:30", "15:30", None), 0),  # not stated: not judged
        # an unpaid break is no working time
        (of("07:30", "15:30", 20, unpaid=20), 0),  # 7 h 40 min of work
        (of("07:30", "15:50", 20, unpaid=20), 10),  # 8 h of work
        (of("07:30", "15:49", 20, unpaid=20), 0),
        (of("08:00", "13:50", 0, unpaid=20), 0),  # 5 h 30 min of work
    ],
)
def test_the_break_that_a_shift_lacks(one: Shift, short: int) -> None:
    unit = problem(shifts=(one,))
    assert found(Breaks(), unit, "-B-----") == ([(0, 1, short)] if short else [])


def test_passive_duty_is_work_and_standby_at_home_is_not() -> None:
    def with_rest(kind: Literal["passive", "standby"]) -> Shift:
        active, rest = Part("active", 450, 720), Part(kind, 720, 930, 0.2)
        return replace(of("07:30", "15:30", 0), parts=(active, rest), minutes=270 + 42)

    assert Breaks().needed(problem(shifts=(with_rest("passive"),)), 1) == 30  # 4 h 30 min and 3 h 30 min
    assert Breaks().needed(problem(shifts=(with_rest("standby"),)), 1) == 0  # 4 h 30 min


def test_an_agreement_between_the_parties_may_ask_for_more() -> None:
    unit = problem(shifts=(of("07:30", "15:30", 30),))
    assert found(Breaks(least_minutes=45), unit, "B------") == [(0, 0, 15)]


def test_shifts_that_state_no_break_are_named_as_not_judged() -> None:
    silent = replace(EIGHT_HOURS_20, code="S", break_minutes=None)
    short = replace(DAY, code="K", end=12 * 60, minutes=270, break_minutes=None)
    with using_language("en"):
        assert Breaks().unjudged(problem(shifts=(silent, EIGHT_HOURS_20, short))) == (
            "The breaks of S are not stated: `unpaid_break` or `paid_break`."
        )
        assert Breaks().unjudged(problem(shifts=(EIGHT_HOURS_20,))) == ""
