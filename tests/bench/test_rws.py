"""Rotating workforce scheduling: the scorer against lines by hand, and what its reader refuses."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.bench.edits import changed, refused
from tests.bench.small import DATA, OFF, rws_text
from turnus.bench.rws import Instance, ShiftType, read, score

TINY1 = DATA / "rws" / "Tiny1.txt"
TEXT = TINY1.read_text(encoding="utf-8")
#: Runs: D 4 from day 0, off 3, N 3 from day 7, off 2, D 3 from day 12 over a Sunday, off 2, N 3 from day 17,
#: and one day off, day 20, before the line begins again.
LAWFUL = "DDDD---NNN--DDD--NNN-"


@pytest.fixture(scope="module")
def tiny1() -> Instance:
    return read(TINY1)


def line(instance: Instance, words: str) -> list[int]:
    shifts = {shift.id: at for at, shift in enumerate(instance.shifts)} | {"-": OFF}
    return [shifts[word] for word in words]


def small(weeks: int, words: str, **limits: Any) -> Instance:
    """Return an instance that a line meets exactly, with limits that allow nearly everything."""
    most = 7 * weeks + 1
    instance = Instance(
        weeks,
        (ShiftType("D", 420, 480, 1, most), ShiftType("N", 1320, 540, 1, most)),
        (),
        1,
        most,
        1,
        most,
        (),
    )
    of = line(instance, words)
    need = tuple(
        tuple(sum(of[day] == shift for day in range(d, 7 * weeks, 7)) for d in range(7)) for shift in (0, 1)
    )
    return replace(instance, need=need, **limits)


def test_the_file_is_read_whole(tiny1: Instance) -> None:
    assert tiny1 == Instance(
        weeks=3,
        shifts=(ShiftType("D", 420, 480, 3, 4), ShiftType("N", 1320, 540, 3, 3)),
        need=((2, 1, 1, 1, 0, 1, 1), (1, 1, 1, 1, 1, 1, 0)),
        shortest_off=1, longest_off=3, shortest_work=3, longest_work=4,
        forbidden=((1, 0), (0, OFF, 1)),
    )  # fmt: skip


def test_a_lawful_line(tiny1: Instance) -> None:
    assert score(tiny1, line(tiny1, LAWFUL)) == ()
    # Whose week comes first does not matter: D 3 from day 5 of the second week now goes over the end.
    assert score(tiny1, line(tiny1, LAWFUL[14:] + LAWFUL[:14])) == ()


#: Each limit one day stricter than the lawful line is.
STRICTER: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"longest_off": 2}, ("3 days off from day 4",)),
    ({"shortest_off": 2}, ("1 days off from day 20",)),
    ({"longest_work": 3}, ("4 days of work from day 0",)),
    ({"shortest_work": 4}, tuple(f"3 days of work from day {day}" for day in (7, 12, 17))),
    ({"forbidden": ((1, OFF, 0),)}, ("N - D from day 19",)),  # over the end, with exactly one day off
    ({"forbidden": ((0, OFF, 1), (1, OFF, 1), (0, 1), (1, 0))}, ()),  # two days off are not one
    ({"forbidden": ((0, OFF),)}, ("D - from day 3", "D - from day 14")),
]


@pytest.mark.parametrize(("limits", "broken"), STRICTER)
def test_limits(tiny1: Instance, limits: dict[str, Any], broken: tuple[str, ...]) -> None:
    assert score(replace(tiny1, **limits), line(tiny1, LAWFUL)) == broken


@pytest.mark.parametrize(
    ("d", "n", "broken"),
    [
        ((3, 4), (3, 3), ()),
        ((4, 4), (3, 3), ("3 shifts D from day 12",)),
        ((3, 3), (3, 3), ("4 shifts D from day 0",)),
        ((3, 4), (4, 4), ("3 shifts N from day 7", "3 shifts N from day 17")),
        ((3, 4), (1, 2), ("3 shifts N from day 7", "3 shifts N from day 17")),
    ],
)
def test_runs_of_one_shift(
    tiny1: Instance, d: tuple[int, int], n: tuple[int, int], broken: tuple[str, ...]
) -> None:
    day, night = tiny1.shifts
    shifts = (
        replace(day, shortest_run=d[0], longest_run=d[1]),
        replace(night, shortest_run=n[0], longest_run=n[1]),
    )  # fmt: skip
    assert score(replace(tiny1, shifts=shifts), line(tiny1, LAWFUL)) == broken


def test_runs_go_on_over_the_end_of_the_line(tiny1: Instance) -> None:
    turned = LAWFUL[14:] + LAWFUL[:14]  # D--NNN- DDDD--- NNN--DD, and D again
    day, night = tiny1.shifts
    strict = replace(tiny1, shifts=(replace(day, longest_run=2), night), longest_work=2)
    assert score(strict, line(tiny1, turned)) == (
        "3 days of work from day 3", "4 days of work from day 7", "3 days of work from day 14",
        "3 days of work from day 19", "4 shifts D from day 7", "3 shifts D from day 19",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "forbidden", "broken"),
    [
        ("DDNN---", (1, 0), ()),
        ("NNDD---", (1, 0), ("N D from day 1",)),
        ("D---NNN", (1, 0), ("N D from day 6",)),  # Sunday and the Monday after it
        ("DDNN-D-", (1, OFF, 0), ("N - D from day 3",)),
        ("DDNN--D", (1, OFF, 0), ()),
        ("-D---NN", (1, OFF, 0), ("N - D from day 6",)),
        ("D---NN-", (1, OFF, 0), ("N - D from day 5",)),
        ("DDNN---", (1, OFF, 0), ()),
    ],
)
def test_forbidden_sequences(words: str, forbidden: tuple[int, ...], broken: tuple[str, ...]) -> None:
    instance = small(1, words, forbidden=(forbidden,))
    assert score(instance, line(instance, words)) == broken


def test_exactly_the_staff_that_is_needed(tiny1: Instance) -> None:
    (monday, *days), night = tiny1.need
    for need, broken in (
        (monday - 1, "D on weekday 0: 2, 1 needed"),
        (monday + 1, "D on weekday 0: 2, 3 needed"),
    ):
        other = replace(tiny1, need=((need, *days), night))
        assert score(other, line(tiny1, LAWFUL)) == (broken,)


def test_a_line_without_end_is_longer_than_any_limit() -> None:
    # Work every day of the only week is work for ever; so is a single shift, and a line of days off.
    worked = small(1, "DDDNNNN", longest_work=7)
    assert score(worked, line(worked, "DDDNNNN")) == ("inf days of work from day 0",)
    one = small(1, "DDDDDDD", longest_work=100)
    assert score(one, line(one, "DDDDDDD")) == ("inf days of work from day 0", "inf shifts D from day 0")
    off = small(1, "-------", longest_off=100)
    assert score(off, line(off, "-------")) == ("inf days off from day 0",)


def test_a_line_of_another_length_is_no_line(tiny1: Instance) -> None:
    assert score(tiny1, line(tiny1, LAWFUL[:-1])) == ("20 days, 21 expected",)


# --- the reader ---


def test_comments_line_ends_and_a_mark_at_the_start_do_not_matter(tmp_path: Path, tiny1: Instance) -> None:
    path = tmp_path / "a.txt"
    plain = [word for word in TEXT.splitlines() if word and not word.startswith("#")]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(plain).encode())
    assert read(path) == tiny1
    path.write_text("\n# a comment\n\n".join(plain), encoding="utf-8")
    assert read(path) == tiny1


def test_what_is_written_is_read_again(tmp_path: Path, tiny1: Instance) -> None:
    path = tmp_path / "a.txt"
    path.write_text(rws_text(tiny1), encoding="utf-8")
    assert read(path) == tiny1


#: (what stands in the file, what instead, what the reader says on that line)
WRONG = [
    ("schedule\n7", "schedule\n5", "expected a schedule of 7 days; found '5'"),
    ("schedule\n7", "schedule\nx", "expected a whole number for the length of the schedule; found 'x'"),
    ("Employees\n3", "Employees\n3 2", "expected the number of employees; found '3 2'"),
    ("Shifts\n2", "Shifts\n-2", "expected a whole number for the number of shifts; found '-2'"),
    ("Shifts\n2", "Shifts\n0", "expected at least one employee and one shift; found '0'"),
    ("2 1 1 1 0 1 1", "2 1 1 1 0 1", "expected 7 requirements; found '2 1 1 1 0 1'"),
    ("2 1 1 1 0 1 1", "2 1 1 1 0 1 1 1", "expected 7 requirements; found '2 1 1 1 0 1 1 1'"),
    ("2 1 1 1 0 1 1", "2 1 x 1 0 1 1", "expected a whole number for 7 requirements; found 'x'"),
    ("D  420 480 3 4", "D  420 480 3", "expected a shift: id, start, length, shortest and longest run"),
    ("D  420 480 3 4", "D  420 480 3 four", "expected a whole number for a shift; found 'four'"),
    ("N  1320 540", "D  1320 540", "expected each id once; found 'D'"),
    ("blocks\n1 3", "blocks\n1", "expected the fewest and most days off in a row; found '1'"),
    ("blocks\n3 4", "blocks\n3 x", "expected a whole number for the fewest and most days of work in a row"),
    ("3:\n1 1", "3:\n1", "expected the number of sequences of 2 and of 3 days; found '1'"),
    ("shift sequences\nN D", "shift sequences\nN X", "expected the id of a shift; found 'X'"),
    ("N D\nD - N", "N D\nD N", "expected a sequence of shifts; found 'D N'"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), WRONG)
def test_a_mistake_is_refused_on_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    text, where = changed(TEXT, old, new)
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    refused(lambda: read(path), path, where, words)


def test_no_employee_is_refused_where_both_numbers_are_known(tmp_path: Path) -> None:
    text, where = changed(TEXT, "Employees\n3", "Employees\n0")
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    refused(lambda: read(path), path, where + 3, "expected at least one employee and one shift")


#: Where a file ends, and what is missing.
ENDS = [
    ("7", "the number of employees"), ("7\n3", "the number of shifts"), ("7\n3\n2", "7 requirements"),
    ("7\n3\n1\n1 1 1 1 1 1 1", "a shift"),
    ("7\n3\n1\n1 1 1 1 1 1 1\nD 0 480 1 7", "the fewest and most days off in a row"),
    ("7\n3\n1\n1 1 1 1 1 1 1\nD 0 480 1 7\n1 2", "the fewest and most days of work in a row"),
    ("7\n3\n1\n1 1 1 1 1 1 1\nD 0 480 1 7\n1 2\n1 2", "the number of sequences of 2 and of 3 days"),
    ("7\n3\n1\n1 1 1 1 1 1 1\nD 0 480 1 7\n1 2\n1 2\n0 1", "a sequence of shifts"),
    ("7\n3\n1\n1 1 1 1 1 1 1\nD 0 480 1 7\n1 2\n1 2\n0 999999999", "a sequence of shifts"),
    ("7\n3\n999999999", "7 requirements"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "missing"), ENDS)
def test_a_file_that_ends_early_is_refused_on_its_last_line(tmp_path: Path, text: str, missing: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text + "\n\n", encoding="utf-8")
    refused(lambda: read(path), path, text.count("\n") + 1, f"expected {missing} before the end of the file")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"# nothing\n")
    refused(lambda: read(path), path, 1, "expected the length of the schedule before the end of the file")


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    with pytest.raises(Exception, match=r"a\.txt: file: expected a text file of the set"):
        read(path)
