"""Planned hours against the size of the post."""

from typing import Any

import pytest

from tests.builders import DAY, EVENING, HOUR, NIGHT, person, problem, shift
from tests.rules.checks import found, times
from tests.rules.three_ways import Trial
from turnus.problem import Post
from turnus.rules.kinds import ConvertedHours, HorizonSum
from turnus.rules.structure.hours_of_post import HoursOfPost

RULE = HoursOfPost()
CONVERTED: dict[str, Any] = {"converted": True, "full_week_minutes": 2130}
FOUR = (DAY, EVENING, NIGHT, shift("E", "07:29", "15:00", "day"))  # E is one minute longer than D


def converted(days: str, under: int, over: int) -> Trial:
    """Return a trial of a full converted post of one week."""
    tolerances = (("under_minutes", under), ("over_minutes", over))
    return Trial(RULE, days, shifts=FOUR, person=(*CONVERTED.items(), *tolerances))


TRIALS = {
    # No credit: 37.5 h is cut to 2130 min. Four shifts are 1800-1804 min, five 2250-2255;
    # 1802 to 2252 are kept.
    "hours_of_post: longest week": converted("-DE DE DE DE DE - -", under=328, over=122),
    # One night and one evening: 2250 - 1440/12 - 225/12 = 2111.25 min. With two days 1935-1937 min, with
    # three 2385-2388; 1936.25 to 2386.25 are kept.
    "hours_of_post: between": converted("-DE DE DE A N - -", under=175, over=275),
    # Two nights: 2250 - 240 = 2010 min, less than 2016. With one day 1620-1621 min, with two 2070-2072;
    # 1621 to 2071 are kept.
    "hours_of_post: shortest week": converted("DE -DE -DE N N - -", under=395, over=55),
    # Saturday evenings, Sundays and nights beside each other, and leave on Monday.
    "hours_of_post: weekend": Trial(
        RULE,
        "- -DN -N -AN -DN -AN -DA",
        shifts=FOUR,
        person=(*CONVERTED.items(), ("leave", frozenset({0})), ("under_minutes", 240), ("over_minutes", 45)),
    ),
}
FAULTS = [
    (
        "hours_of_post: longest week",
        ConvertedHours,
        ("least longest+1", "least longest-1", "most longest+1", "most longest-1"),
    ),
    (
        "hours_of_post: between",
        ConvertedHours,
        ("least full+1", "least full-1", "most full+1", "most full-1", "without credits"),
    ),
    (
        "hours_of_post: shortest week",
        ConvertedHours,
        ("least shortest+1", "least shortest-1", "most shortest+1", "most shortest-1"),
    ),
]
PART_TIMER = person(sizes=(5000, 7500), full_week_minutes=40 * HOUR, under_minutes=2 * HOUR, over_minutes=0)


@pytest.mark.parametrize(
    ("size", "line", "expected"),
    [
        (7500, "DDDD---", []),  # 30 h of 30
        (7500, "DDD----", [(0, None, 330)]),  # 22.5 h of at least 28
        (7500, "DDDDD--", [(0, None, 450)]),
        (5000, "DDD----", [(0, None, 150)]),  # 22.5 h of at most 20
        (5000, "-------", [(0, None, 18 * HOUR)]),
    ],
)
def test_minutes_outside_the_tolerance_are_found(size: int, line: str, expected: list[object]) -> None:
    assert found(RULE, problem(PART_TIMER), line, posts=[Post(0, size)]) == expected


def test_each_minute_outside_is_counted() -> None:
    assert times(RULE, problem(PART_TIMER), "DDD----") == 150


def test_days_of_leave_take_their_part_of_the_hours_away() -> None:
    away = person(
        sizes=(10000,), full_week_minutes=35 * HOUR, under_minutes=0, over_minutes=0, leave=frozenset({0, 1})
    )
    assert RULE.windows(problem(away), away) == {10000: (25 * HOUR, 25 * HOUR)}


def test_the_lowering_holds_every_size_of_the_class() -> None:
    unit = problem(PART_TIMER)
    assert RULE.windows(unit, PART_TIMER) == {5000: (18 * HOUR, 20 * HOUR), 7500: (28 * HOUR, 30 * HOUR)}
    (kind,) = RULE.lower(unit, PART_TIMER)
    assert isinstance(kind, HorizonSum)
    assert (kind.least, kind.most) == (18 * HOUR, 30 * HOUR)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # 2250 - 1440/12 - 225/12 = 2111.25 min; 3 * 450 + 585 = 1935 min, and 1872 are enough.
        ("DDA-N--", []),
        ("DDADN--", [(0, None, 265)]),  # 2385 min, 264.75 above 2120.25: a begun minute is counted whole
        ("DDDDD--", [(0, None, 111)]),  # 2250 min, and 2139 are the most: 35.5 h and 9 min
        ("DD--D--", [(0, None, 540)]),  # 1350 min of at least 1890
        ("NNN----", [(0, None, 21)]),  # 1755 min; 33.6 h less 4 h are 1776
        # Sunday and a night: 2250 - 900/12 - 1440/12 = 2055 min; 1815 to 2064 are kept, 1935 planned.
        ("D--N-DD", []),
        # Saturday and Sunday evening: 2250 - 585/12 - 975/12 = 2120 min; 1800 planned of at least 1880.
        ("D-D--AA", [(0, None, 80)]),
    ],
)
def test_converted_hours_follow_from_the_line(line: str, expected: list[object]) -> None:
    unit = problem(person(under_minutes=240, over_minutes=9, **CONVERTED))
    assert found(RULE, unit, line) == expected


def test_half_a_converted_post_has_half_of_everything() -> None:
    # 2250 / 2 - 2 * 225 / 12 = 1087.5 min, between 1008 and 1065: 1065. Three shifts are 1350 min.
    half = person(sizes=(5000,), under_minutes=240, over_minutes=0, **CONVERTED)
    assert found(RULE, problem(half), "A-A-D--") == [(0, None, 285)]
    assert found(RULE, problem(half), "A-A----") == []  # 900 min, and 825 are enough


def test_a_converted_class_of_several_sizes_is_kept_between_the_smallest_and_the_largest() -> None:
    open_posts = person(None, sizes=(5000, 10000), under_minutes=60, over_minutes=30, **CONVERTED)
    (kind,) = RULE.lower(problem(open_posts), open_posts)
    assert isinstance(kind, ConvertedHours)
    assert kind.parts == 12
    assert [part / 12 for part in kind.least] == [1125 - 60, 1008 - 60, 1065 - 60]
    assert [part / 12 for part in kind.most] == [2250 + 30, 2016 + 30, 2130 + 30]
    assert kind.credits[6] == (0, 900, 975, 1440)
