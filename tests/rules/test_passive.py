"""By how much passive duty lets ordinary hours be longer: half of it, at most so much."""

import pytest

from tests.builders import DAY, problem, shift
from turnus.problem import Part, Shift
from turnus.rules.passive import extension


def passive(hours: float, counts: float = 1.0) -> Shift:
    """Return a shift of four hours' work and some passive duty from 12:00."""
    ends = 12 * 60 + round(60 * hours)
    parts = (Part("active", 480, 720), Part("passive", 720, ends, counts))
    minutes = 240 + round(counts * (ends - 720))
    return shift("P", "08:00", "12:00", end=ends, parts=parts, minutes=minutes)


@pytest.mark.parametrize(
    ("hours", "counts", "by_the_clock", "counted"),
    [
        (2, 1.0, 60, 60),
        (4, 1.0, 120, 120),
        (8, 1.0, 120, 120),  # half of it is 4 h, at most 2 h
        (4, 0.75, 120, 60),  # 1 h of the 2 h is left out of the hours already
        (4, 0.5, 120, 0),
        (4, 0.0, 120, 0),
        (8, 0.75, 120, 0),  # 2 h left out are the most there is
        (2 + 1 / 60, 1.0, 60, 60),  # whole minutes
    ],
)
def test_half_of_the_passive_duty(hours: float, counts: float, by_the_clock: int, counted: int) -> None:
    unit = problem(shifts=(passive(hours, counts),))
    assert extension(unit, 1, 120, counted=False) == by_the_clock
    assert extension(unit, 1, 120, counted=True) == counted


def test_nothing_where_there_is_none_and_nothing_when_switched_off() -> None:
    standby = shift("S", "08:00", "16:00", parts=(Part("standby", 480, 960, 0.2),), minutes=96)
    unit = problem(shifts=(DAY, standby, passive(4)))
    assert [extension(unit, action, 120, counted=False) for action in range(4)] == [0, 0, 0, 120]
    assert extension(unit, 3, 0, counted=False) == 0


def test_never_more_than_the_shift_counts() -> None:
    """An unpaid break may leave less than half of the passive duty."""
    parts = (Part("passive", 480, 600),)
    unit = problem(shifts=(shift("P", "08:00", "10:00", parts=parts, minutes=45),))
    assert extension(unit, 1, 120, counted=True) == 45
