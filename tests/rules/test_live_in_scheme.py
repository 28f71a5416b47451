"""The live-in scheme: rests inside a long shift, and a mean over six weeks."""

import pytest

from tests.builders import DAY, EVENING, HOUR, problem, shift
from tests.rules.checks import found
from tests.rules.three_ways import Trial
from turnus.problem import Part, Shift
from turnus.rules.kinds import ClockGap, Sequence, WindowSum
from turnus.rules.law.live_in_scheme import LiveInScheme


def live_in(*rests: tuple[float, float], begins: str = "10:00", ends: str = "10:00") -> Shift:
    passive = tuple(Part("passive", round(a * HOUR), round(b * HOUR)) for a, b in rests)
    return shift("M", begins, ends, "long", parts=passive)


WHOLE = live_in((14, 16), (23, 31))
NO_SECOND_REST = live_in((23, 31))
TEN, LESS = shift("T", "08:15", "15:00", "day"), shift("S", "08:14", "15:00", "day")
TRIALS = {
    "live_in_scheme": Trial(LiveInScheme(), "-M -M - - - - -", shifts=(DAY, NO_SECOND_REST)),
    # Six times a week of two or three whole days: 48 h or 72 h as a mean.
    # From 22:15 to 08:15 is ten hours, to 08:14 one minute less.
    "live_in_scheme: rest between": Trial(
        LiveInScheme(mean_minutes=60 * HOUR), "-AT -AT -AS - - - -AS", shifts=(EVENING, TEN, LESS)
    ),
    "live_in_scheme: mean": Trial(LiveInScheme(), "-M M -M -D - - -", "MM-M---", shifts=(DAY, WHOLE)),
}
FAULTS = [
    ("live_in_scheme", Sequence, ("step 0 without 2",)),
    ("live_in_scheme: rest between", ClockGap, ("minimum+1", "minimum-1")),
    ("live_in_scheme: mean", WindowSum, ("most-1",)),
]


@pytest.mark.parametrize(
    ("one", "short_hours"),
    [
        (WHOLE, 0),
        (NO_SECOND_REST, 2),
        (live_in((14, 16)), 8),
        (live_in((14, 15), (23, 31)), 1),
        (live_in((14, 16), (21, 29)), 1),  # only what lies between 22 and 08 is the long rest
        (live_in((14, 16), (24, 33)), 0),  # midnight to 09: 8 h of it before 08
        (live_in(begins="08:00", ends="22:00"), 0),  # 14 h: ten hours are left beside it
        (live_in(begins="08:00", ends="22:01"), 10),
    ],
)
def test_the_rest_that_a_long_shift_lacks(one: Shift, short_hours: float) -> None:
    unit = problem(shifts=(one,))
    assert found(LiveInScheme(), unit, "M------") == ([(0, 0, short_hours * HOUR)] if short_hours else [])


def test_ten_hours_lie_between_two_shorter_shifts_and_none_need_lie_beside_a_live_in_shift() -> None:
    unit = problem(shifts=(DAY, EVENING, WHOLE, TEN))
    assert found(LiveInScheme(), unit, "AD-----") == [(0, 1, 45)]  # 22:15 to 07:30 is 9 h 15 min
    assert found(LiveInScheme(), unit, "AT-----") == []  # 22:15 to 08:15 is 10 h
    assert found(LiveInScheme(), unit, "MM-----") == []
    assert found(LiveInScheme(), unit, "MA-----") == []
    assert found(LiveInScheme(), unit, "D-----A") == [(0, 0, 45)]  # the cycle repeats


def test_the_mean_is_over_any_six_weeks_of_the_repeated_rota() -> None:
    unit = problem(weeks=2, shifts=(DAY, WHOLE))
    # 2 and 2 whole days a week are 6 x 48 h exactly; a day of 7.5 h more every other week is 3 x 7.5 h above.
    assert found(LiveInScheme(), unit, "M-M---- M-M----") == []
    assert found(LiveInScheme(), unit, "M-M---- M-M-D--") == [
        (0, 6, round(22.5 * HOUR)), (0, 13, round(22.5 * HOUR)),
    ]  # fmt: skip


def test_with_consent_the_mean_may_be_sixty_hours() -> None:
    unit = problem(shifts=(DAY, WHOLE))
    assert found(LiveInScheme(mean_minutes=60 * HOUR), unit, "M-M-D--") == []
    assert [limit.by for limit in LiveInScheme.limits] == [{"individual": 60 * HOUR}]


def test_a_plan_shorter_than_six_weeks_counts_what_is_known() -> None:
    unit = problem(cyclic=False, weeks=2, shifts=(DAY, WHOLE))
    assert found(LiveInScheme(), unit, "M-M-M-M M-M-M-M") == []
