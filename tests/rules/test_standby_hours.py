"""Standby at home: one hour in seven counts."""

import pytest

from tests.builders import DAY, HOUR, problem, shift
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.problem import Part, Shift
from turnus.rules.kinds import Sequence
from turnus.rules.law.standby_hours import StandbyHours


def standby(hours: float, counts: float) -> Shift:
    part = Part("standby", 16 * HOUR, round((16 + hours) * HOUR), counts)
    return shift("H", "16:00", "06:00", "standby", minutes=round(hours * HOUR * counts), parts=(part,))


TRIALS = {"standby_hours": Trial(StandbyHours(), "-H -HD -D -H - - -HD", shifts=(DAY, standby(14, 0.1)))}
FAULTS = [("standby_hours", Sequence, ("step 0 without 2",))]


@pytest.mark.parametrize(
    ("hours", "counts", "one_in", "short"),
    [
        (14, 1 / 7, 7, 0),  # 2 h of 14 h
        (14, 0.1, 7, 36),  # 84 min of 120 min
        (14, 0.1, 10, 0),
        (7.5, 1 / 7, 7, 0),  # 450 / 7 = 64.3 min, 64 counted: parts of a minute do not matter
        (14, 1.0, 1, 0),
    ],
)
def test_the_standby_that_counts_for_too_little(hours: float, counts: float, one_in: int, short: int) -> None:
    unit = problem(shifts=(standby(hours, counts),))
    assert found(StandbyHours(one_in=one_in), unit, "--H----") == ([(0, 2, short)] if short else [])


def test_work_that_is_no_standby_is_not_concerned() -> None:
    assert found(StandbyHours(), problem(), "DAN----") == []
