"""Night by the clock, as the rules about work at night share it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from tests.builders import DAY, EVENING, NIGHT, problem, shift
from turnus.clock import ClockTime
from turnus.problem import Part, Problem, Rota
from turnus.rules.base import Breach, Source
from turnus.rules.night import NightRule
from turnus.texts import using_language


class Nights(NightRule):
    """A rule about nights that finds nothing."""

    id: ClassVar[str] = "nights"
    source: ClassVar[Source] = Source("AML § 10-11")
    unit: ClassVar[str] = "minutes"

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield nothing."""
        del problem, rota
        return iter(())


#: (shift, minutes between 21:00 and 06:00)
MINUTES = [
    (DAY, 0),
    (EVENING, 75),  # to 22:15
    (NIGHT, 8 * 60),  # 22:00 to 06:00
    (shift("F", "05:00", "13:00"), 60),
    (shift("W", "15:00", "15:00"), 9 * 60),  # a whole day and night
    (shift("X", "05:00", "22:00"), 60 + 60),  # the end of one night and the beginning of the next
    (shift("Y", "20:59", "21:00"), 0),
]


@pytest.mark.parametrize(("one", "minutes"), MINUTES, ids=[one.code for one, _ in MINUTES])
def test_minutes_of_a_shift_at_night(one: Any, minutes: int) -> None:
    assert Nights().minutes_at_night(problem(shifts=(one,)), 1) == minutes


def test_passive_duty_is_work_and_standby_at_home_is_not() -> None:
    at_home = (
        Part("active", 21 * 60, 23 * 60, 1.0),
        Part("passive", 23 * 60, 25 * 60, 0.5),
        Part("standby", 25 * 60, 31 * 60, 0.2),
    )
    unit = problem(shifts=(shift("H", "21:00", "07:00", parts=at_home),))
    assert Nights().minutes_at_night(unit, 1) == 4 * 60


@pytest.mark.parametrize(("ends", "meant"), [("00:00", False), ("00:01", True)])
def test_a_shift_at_night_has_more_than_three_hours_there(ends: str, meant: bool) -> None:
    unit = problem(shifts=(shift("S", "16:00", ends),))
    assert bool(Nights().night_shifts(unit)) == meant


@pytest.mark.parametrize(
    ("first", "last", "minutes"),
    [("21:00", "06:00", 480), ("22:00", "06:00", 480), ("23:00", "07:00", 480), ("23:00", "08:00", 525),
     ("24:00", "08:00", 465), ("00:00", "08:00", 465)],
)  # fmt: skip
def test_another_night_by_agreement(first: str, last: str, minutes: int) -> None:
    rule = Nights.model_validate({"night_from": first, "night_to": last})
    unit = problem(shifts=(NIGHT,))  # 22:00 to 07:45
    assert list(rule.findings(unit)) == []
    assert rule.minutes_at_night(unit, 1) == minutes


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("23:00", "06:00"),  # seven hours
        ("22:01", "06:00"),  # one minute too short
        ("21:00", "05:59"),  # not the last minute before 06
        ("00:01", "09:00"),  # not the first after midnight
        ("13:00", "00:00"),
        ("05:00", "14:00"),
        ("05:00", "04:00"),  # 23 hours, without the one that counts
    ],
)
def test_a_night_that_the_act_does_not_know_is_refused(first: str, last: str) -> None:
    rule = Nights.model_validate({"night_from": first, "night_to": last})
    with using_language("en"):
        (finding,) = rule.findings(problem())
    assert "AML § 10-11 (1)" in finding.expected
    assert (finding.path, finding.found) == (("night_from",), f"found {first} to {last}")


@pytest.mark.parametrize("value", ["9", "25:00", 1260, True, None, "21"])
def test_only_a_clock_time_is_a_clock_time(value: object) -> None:
    with pytest.raises(ValueError, match="expected a clock time"):
        Nights.model_validate({"night_from": value})


def test_a_clock_time_is_a_number_that_shows_itself() -> None:
    rule = Nights.model_validate({"night_from": "22:30"})
    assert (rule.night_from, str(rule.night_from), f"{rule.night_from}") == (22 * 60 + 30, "22:30", "22:30")
    assert Nights(night_from=ClockTime(60)).night_from == 60
    assert str(Nights.model_validate({"night_from": "24:00"}).night_from) == "00:00"


@pytest.mark.parametrize(
    ("value", "levels"),
    [
        ("20:00", ["law"]),
        ("21:00", ["law"]),
        ("21:01", ["local", "central"]),
        ("00:00", ["local", "central"]),
    ],
)
def test_a_night_that_begins_later_takes_a_local_agreement(value: str, levels: list[str]) -> None:
    (limit,) = [limit for limit in Nights.limits if limit.parameter == "night_from"]
    assert list(limit.needed(Nights.model_validate({"night_from": value}).night_from)) == levels
