"""Free-day codes of a rota against its rests: what is told, and what is left alone."""

import datetime as dt
from collections.abc import Iterator

import pytest

from tests.builders import person, problem, rota
from tests.result.cases import small_case, small_rota
from turnus.audit import free_days
from turnus.errors import Finding
from turnus.result.free_codes import free_code_notes
from turnus.texts import using_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with using_language("en"):
        yield


def notes(changes: dict[tuple[int, int], str], **overrides: str) -> list[Finding]:
    """Return the notes when these codes replace the derived ones; (post, day) counts from 0."""
    case = small_case(**overrides)
    rota = small_rota(case)
    codes = free_days(case.problem, case.rules, rota)
    for (post, day), code in changes.items():
        codes[post][day] = code
    return list(free_code_notes(case.problem, case.rules, rota, codes, (2, 3, 4)))


def test_the_derived_codes_and_no_codes_at_all_are_left_alone() -> None:
    assert notes({}) == []
    assert notes({(post, day): "" for post in range(3) for day in range(14)}) == []


def test_another_day_that_holds_the_weekly_rest_is_as_good() -> None:
    assert notes({(0, 5): "F1", (0, 6): "F2"}) == []


def test_weeks_without_f1_with_two_and_with_two_f2_are_told_together() -> None:
    (none_and_two,) = notes({(0, 6): "", (0, 10): "F1"})
    assert none_and_two.path == ("posts", 0)
    assert none_and_two.line == 2
    assert "for Kari" in none_and_two.expected
    assert "week 1: 0 F1; week 2: 2 F1" in none_and_two.found
    (second,) = notes({(0, 4): "F2"})
    assert "week 1: 2 F2" in second.found


def test_f1_on_a_day_off_without_the_weekly_rest_is_told_with_its_rest() -> None:
    # Ola is off on Wednesday and Thursday of week 1, between two evenings: 64 h 30 min
    moved = {(1, 6): "", (1, 2): "F1"}
    assert notes(moved) == []
    (note,) = notes(moved, rules__set__weekly_rest__rest="70 h")
    assert "week 1: F1 on Wednesday, which holds 64 h 30 min of rest" in note.found


def notes_over_easter(line: str, codes: str) -> list[str]:
    """Return the notes about one person from 22 March 2027: red days are 3, 4, 6 (Sunday) and 7."""
    red_days, weeks = frozenset({3, 4, 6, 7}), len(line.split())
    unit = problem(person(), weeks=weeks, cyclic=False, start=dt.date(2027, 3, 22), red_days=red_days)
    written = [["" if code == "-" else f"F{code}" for code in codes.replace(" ", "")]]
    found = free_code_notes(unit, (), rota(unit, line), written, (2,))
    return [note.found.removeprefix("found ") for note in found]


def test_f3_is_for_red_days_that_are_no_sundays() -> None:
    assert notes_over_easter("DDDD--- DDDDD--", "----321 -----21") == []
    assert notes_over_easter("DDDD--- DDDD---", "-----21 ----321") == [
        "F3 on Friday Apr 2, 2027, which is no red day"
    ]


def test_f5_answers_an_f1_on_a_red_day_within_a_month() -> None:
    assert notes_over_easter("DDD--DD DDD-D--", "---21-- ---5-21") == []
    assert notes_over_easter("DDDD--- DDD-D--", "-----21 ---5-21") == [
        "F5 on Thursday Apr 1, 2027 without an F1 on a red day in the month before"
    ]


def test_an_f1_on_a_red_day_without_its_f5_is_told_where_the_rota_has_the_custom() -> None:
    weeks = ["DDD--DD", *["DDDDD--"] * 5]
    with_two = " ".join(["DDD--DD", "-------", *["DDDDD--"] * 4])
    codes = " ".join(["---21--", "1------", *["-----21"] * 4])
    assert notes_over_easter(" ".join(weeks), " ".join(["---21--", *["-----21"] * 5])) == []  # no F5 at all
    assert notes_over_easter(with_two, codes.replace("1------", "15-----")) == [
        "F1 on the red day Monday Mar 29, 2027 without an F5 within a month"
    ]
