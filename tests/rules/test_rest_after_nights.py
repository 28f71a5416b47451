"""Hours between the last night and the next shift that is none."""

import pytest

from tests.builders import HOUR, THREE, person, problem, shift
from tests.rules.checks import found
from turnus.rules.agreed.rest_after_nights import RestAfterNights

RULE = RestAfterNights(rest_minutes=24 * HOUR)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-------", []),
        ("NNN----", []),  # night to night is no matter
        ("N-D----", [(0, 2, 15)]),  # 07:45 to 07:30 a day later
        ("N-A----", []),
        ("NA-----", [(0, 1, 17 * HOUR)]),
        ("N-N-D--", [(0, 4, 15)]),  # from the last night
        ("-D----N", [(0, 1, 15)]),  # round the end of the cycle
        ("AD-----", []),
    ],
)
def test_shifts_too_soon_after_a_night_are_found(line: str, expected: list[object]) -> None:
    assert found(RULE, problem(), line) == expected


def test_exactly_the_rest_is_enough() -> None:
    assert found(RestAfterNights(rest_minutes=23 * HOUR + 45), problem(), "N-D----") == []


def test_no_hours_ask_for_nothing() -> None:
    unit = problem()
    assert RestAfterNights(rest_minutes=0).lower(unit, unit.classes[0]) == ()
    assert found(RestAfterNights(rest_minutes=0), unit, "NA-----") == []
    early = shift("M", "07:00", "15:00", "day")  # begins before the night ends, which the daily rest sees
    overlapping = problem(shifts=(*THREE, early))
    assert found(RestAfterNights(rest_minutes=0), overlapping, "NM-----") == []


def test_a_night_of_the_history_counts() -> None:
    assert found(RULE, problem(person(history="N-"), cyclic=False), "D------") == [(0, 0, 15)]
