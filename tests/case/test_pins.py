"""Fixed shifts that contradict each other, the person, or a rule."""

from typing import Any

import pytest

from tests.files import ADA, BO, SHIFTS, case, impossible, only, refused, small

PLAN = {"weeks": 6, "start": "2027-03-22"}


def pins(*fixed: tuple[str, str], **changes: Any) -> dict[str, Any]:
    """Return the small unit with fixed shifts for Ada, as (day, shift)."""
    own = {"fixed": [{"on": [day], "shift": code} for day, code in fixed]}
    unit = changes.pop("unit", {})
    return small(**({"staff": [ADA | {"size": 100} | own | changes, BO]} | unit))


def test_sound_pins_pass() -> None:
    unit = pins(("week 1 monday", "D"), ("week 1 tuesday", "off"), ("week 1 wednesday", "N"))
    assert case(unit).problem.classes[0].pins == ((0, 1), (1, 0), (2, 3))


CONTRADICTIONS: list[tuple[tuple[str, str], dict[str, Any], str, str]] = [
    (
        ("week 1 monday", "D"), {"leave": [{"from": "week 1 monday", "to": "week 1 friday"}]},
        "week 1 monday", "D, but that is a day of leave",
    ),
    (
        ("week 1 monday", "D"), {"forbidden": [{"on": ["monday"], "shifts": ["day"]}]},
        "week 1 monday", "D, but it is forbidden to them or agreed away",
    ),
    (
        ("week 1 friday", "N"), {"arrangement": {"no_nights": True}, "hours": {"under": "8 h"}},
        "week 1 friday", "N, but it is forbidden to them or agreed away",
    ),
    (
        ("week 1 monday", "N"),
        {"unit": {"shifts": [*SHIFTS[:2], SHIFTS[2] | {"competences": ["aide"]}]}, "hours": {"under": "8 h"}},
        "week 1 monday", "N, but the shift is not open to their competence",
    ),
    (
        ("week 1 monday", "N"),
        {"unit": {"shifts": [*SHIFTS[:2], SHIFTS[2] | {"days": ["weekend"]}]}},
        "week 1 monday", "N, but the shift does not exist on that day",
    ),
    (
        ("week 1 monday", "N"),
        {"unit": {"shifts": [*SHIFTS[:2], SHIFTS[2] | {"volunteers_only": True}]}, "hours": {"under": "8 h"}},
        "week 1 monday", "N, but the shift is for volunteers only",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("pin", "changes", "day", "why"), CONTRADICTIONS)
def test_pins_against_the_persons_own_data(
    pin: tuple[str, str], changes: dict[str, Any], day: str, why: str
) -> None:
    assert only(refused(pins(pin, **changes))) == (
        "staff.0.fixed.0.on.0",
        f"expected a shift that Ada can work on {day}; found {why}. "
        "Change the fixed shift, or what it contradicts.",
    )


def test_two_shifts_on_one_day() -> None:
    assert only(refused(pins(("week 1 monday", "D"), ("week 1 monday", "A")))) == (
        "staff.0.fixed.1.on.0",
        "expected one fixed shift on week 1 monday; found D and A. Take out one of the two.",
    )
    assert case(pins(("week 1 monday", "D"), ("week 1 monday", "D"))).rules


def test_a_day_off_during_leave_is_no_contradiction() -> None:
    leave = [{"from": "week 1 monday", "to": "week 1 monday"}]
    assert case(pins(("week 1 monday", "off"), leave=leave)).rules


def conflict(unit: dict[str, Any]) -> tuple[str, str]:
    return only(impossible(unit))


def words(rule: str, day: str) -> str:
    return (
        f"expected fixed shifts that keep the rule “{rule}”; found a breach on {day}. "
        "Change a fixed shift near that day, or the rule's value for this person."
    )


def test_too_little_rest_between_fixed_shifts() -> None:
    assert conflict(pins(("week 1 monday", "N"), ("week 1 tuesday", "A"))) == (
        "staff.0.fixed.1.on.0", words("Daily rest", "week 1 tuesday"),
    )  # fmt: skip
    assert case(pins(("week 1 monday", "N"), ("week 1 wednesday", "D"))).rules
    assert case(pins(("week 1 monday", "A"), ("week 1 tuesday", "D"))).rules, "9 h 15 min is enough for 9 h"


def test_rest_of_exactly_the_stated_hours_is_enough() -> None:
    early = {"code": "E", "from": "07:15", "to": "14:45"}
    unit = pins(("week 1 monday", "A"), ("week 1 tuesday", "E"), unit={"shifts": [*SHIFTS, early]})
    assert case(unit).rules
    early["from"] = "07:14"
    assert "Daily rest" in conflict(unit)[1]


def test_too_little_rest_over_the_end_of_the_cycle() -> None:
    assert conflict(pins(("week 6 sunday", "N"), ("week 1 monday", "D")))[1] == words(
        "Daily rest", "week 1 monday"
    )


def test_too_little_rest_after_the_history() -> None:
    unit = pins(("2027-03-22", "D"), history=["N"], unit={"horizon": PLAN})
    assert conflict(unit) == ("staff.0.fixed.0.on.0", words("Daily rest", "2027-03-22"))
    early_enough = pins(("2027-03-22", "D"), history=["N", "off"], unit={"horizon": PLAN})
    assert case(early_enough).rules


def days(first: int, last: int, code: str) -> list[tuple[str, str]]:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return [(f"week {day // 7 + 1} {names[day % 7]}", code) for day in range(first, last + 1)]


def test_too_many_days_in_a_row() -> None:
    assert conflict(pins(*days(7, 12, "D")))[1] == words("Working days in a row", "week 2 saturday")
    assert case(pins(*days(7, 11, "D"))).rules


def test_too_many_weekends() -> None:
    unit = pins(("week 1 saturday", "D"), ("week 3 sunday", "D"))
    assert conflict(unit) == ("staff.0.fixed.1.on.0", words("Weekend frequency", "week 3 sunday"))
    assert case(pins(("week 1 saturday", "D"), ("week 4 sunday", "D"))).rules
    around = pins(("week 1 saturday", "D"), ("week 5 sunday", "D"))
    assert "Weekend frequency" in conflict(around)[1], "week 5 and week 7, which is week 1"


def test_half_a_weekend() -> None:
    unit = pins(("week 1 saturday", "D"), ("week 1 sunday", "off"))
    assert conflict(unit)[1] == words("Whole weekends", "week 1 sunday")


def test_too_many_hours_in_a_week() -> None:
    long = {"code": "L", "from": "07:30", "to": "20:00", "tags": ["long"]}
    unit = pins(
        *days(7, 11, "L"), unit={"shifts": [*SHIFTS, long], "rules": {"profile": "ks-lokal-langvakt"}}
    )
    assert "Hours" in conflict(unit)[1]


def test_a_rule_that_is_not_for_this_person_does_not_count() -> None:
    rules: dict[str, Any] = {"set": {"daily_rest": [{"rest": "9 h", "for": ["Bo"]}, {"rest": "8 h"}]}}
    unit = pins(("week 1 monday", "A"), ("week 1 tuesday", "X"), unit={
        "rules": rules, "shifts": [*SHIFTS, {"code": "X", "from": "06:30", "to": "14:00"}],
        "agreements": [{"id": "L-1", "parties": "KS, NSF"}],
    })  # fmt: skip
    assert case(unit).rules
    rules["set"]["daily_rest"][0]["for"] = ["Ada"]
    assert "Daily rest" in conflict(unit)[1]
