"""The nurse rostering competition: what its reader understands and what it refuses."""

import shutil
from pathlib import Path

import pytest

from tests.bench.edits import changed, refused
from tests.bench.small import DATA, OFF, inrc2_texts
from turnus.bench.inrc2 import Contract, Instance, Nurse, OffRequest, Requirement, ShiftType, read

ONE_WEEK, TWO_WEEKS = DATA / "inrc2" / "n003w1", DATA / "inrc2" / "n002w2"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the one-week instance that a test may damage."""
    return Path(shutil.copytree(ONE_WEEK, tmp_path / "n003w1"))


def test_the_files_are_read_whole() -> None:
    found = read(ONE_WEEK, 0, [0])
    assert (found.name, found.weeks, found.days, found.skills) == ("n003w1_0_0", 1, 7, ("Head", "Nurse"))
    assert found.shifts == (ShiftType("Early", 2, 3, frozenset()), ShiftType("Night", 2, 4, frozenset({0})))
    assert found.contracts == (
        Contract("Full", 3, 5, 2, 4, 2, 3, 1, complete_weekends=True),
        Contract("Part", 1, 3, 1, 3, 1, 4, 1, complete_weekends=False),
    )
    assert found.nurses == (
        Nurse("Anna", 0, frozenset({0, 1}), 0, 0, 0, same_shift_days=2, work_days=3, off_days=0),
        Nurse("Bela", 0, frozenset({1}), 1, 1, OFF, same_shift_days=0, work_days=0, off_days=2),
        Nurse("Cora", 1, frozenset({1}), 0, 0, 1, same_shift_days=1, work_days=1, off_days=0),
    )
    assert found.requests == (OffRequest(0, 2, OFF), OffRequest(1, 4, 1), OffRequest(2, 0, 0))
    assert len(found.requirements) == 3 * 7
    assert found.requirements[9] == Requirement(2, 0, 1, 1, 1)
    assert found.requirements[18] == Requirement(4, 1, 1, 0, 2)


def test_weeks_follow_one_another_in_the_order_of_the_name() -> None:
    found = read(TWO_WEEKS, 0, [1, 0])
    assert found.name == "n002w2_0_1-0"
    assert found.requests == (OffRequest(0, 0, 0), OffRequest(0, 11, OFF), OffRequest(1, 8, 0))
    least = {row.day: row.least for row in found.requirements}
    assert [day for day, number in least.items() if number] == [3, 8]


def test_a_week_may_come_twice() -> None:
    found = read(TWO_WEEKS, 0, [0, 0])
    assert [one.day for one in found.requests] == [4, 1, 11, 8]


def test_comments_line_ends_and_a_mark_at_the_start_do_not_matter(folder: Path) -> None:
    for path in folder.iterdir():
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_bytes(b"\xef\xbb\xbf# a comment\r\n" + "\r\n".join(lines).encode())
    assert read(folder, 0, [0]) == read(ONE_WEEK, 0, [0])


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    one: Instance = read(TWO_WEEKS, 0, [0, 1])
    folder = tmp_path / "n002w2"
    folder.mkdir()
    for name, text in inrc2_texts(one, "n002w2").items():
        (folder / name).write_text(text, encoding="utf-8")
    assert read(folder, 0, [0, 1]) == one


SCENARIO, HISTORY, WEEK = "Sc-n003w1.txt", "H0-n003w1-0.txt", "WD-n003w1-0.txt"
#: (file, what stands there, what instead, what the reader says on that line)
WRONG = [
    (
        SCENARIO,
        "WEEKS = 1",
        "WEEKS = 4",
        "expected the number of weeks that the name lists, 1; found 'WEEKS = 4'",
    ),
    (SCENARIO, "WEEKS = 1", "WEEKS = one", "expected a whole number for `WEEKS`; found 'one'"),
    (SCENARIO, "SKILLS = 2", "SKILLS = 3", "expected the number that follow, 2; found 'SKILLS = 3'"),
    (SCENARIO, "SKILLS = 2\nHead\nNurse", "SKILLS = 2\nHead\nHead", "expected each id once; found 'Head'"),
    (SCENARIO, "Early (2,3)", "Early", "expected a shift type and (shortest,longest); found 'Early'"),
    (SCENARIO, "Early (2,3)", "Early (2;3)", "expected (least,most); found 'Early (2;3)'"),
    (SCENARIO, "Early (2,3)", "Early (2,x)", "expected (least,most)"),
    (SCENARIO, "Night (2,4)", "Early (2,4)", "expected each id once; found 'Early'"),
    (SCENARIO, "Night 1 Early", "Night 1 Erly", "expected a shift type; found 'Erly'"),
    (SCENARIO, "Night 1 Early", "Nigth 1 Early", "expected a shift type; found 'Nigth'"),
    (SCENARIO, "Full (3,5) (2,4) (2,3) 1 1", "Full (3,5) (2,4) (2,3) 1", "expected a contract: three ranges"),
    (SCENARIO, "Full (3,5) (2,4) (2,3) 1 1", "Full (3,5) (2,4) 2 1 1", "expected (least,most)"),
    (SCENARIO, "(2,3) 1 1", "(2,3) one 1", "expected a whole number for weekends; found 'one'"),
    (SCENARIO, "(2,3) 1 1", "(2,3) 1 yes", "expected a whole number for complete weekends; found 'yes'"),
    (SCENARIO, "CONTRACTS = 2", "CONTRACTS = 1", "expected the number that follow, 2"),
    (SCENARIO, "Anna Full 2", "Anna Half 2", "expected a contract; found 'Half'"),
    (SCENARIO, "2 Head Nurse", "2 Head Doctor", "expected a skill; found 'Doctor'"),
    (SCENARIO, "Bela Full 1 Nurse", "Bela Full 1", "expected a nurse, a contract, a number and skills"),
    (SCENARIO, "Bela Full 1", "Anna Full 1", "expected each id once; found 'Anna'"),
    (
        HISTORY,
        "Anna 0 0 Early 2 3 0",
        "Anna 0 0 Early 2 3",
        "expected a nurse, shifts, weekends, the last shift",
    ),
    (HISTORY, "Anna 0 0", "Anne 0 0", "expected a nurse; found 'Anne'"),
    (HISTORY, "Anna 0 0", "Anna 0 x", "expected a whole number for a nurse's history; found 'x'"),
    (HISTORY, "0 0 Early 2", "0 0 Late 2", "expected a shift type; found 'Late'"),
    (
        HISTORY,
        "Early 2 3 0",
        "Early 2 3 1",
        "expected a run of work up to the last shift, or a run of days off",
    ),
    (HISTORY, "Early 2 3 0", "Early 4 3 0", "expected a run of work"),
    (HISTORY, "Early 2 3 0", "Early 0 3 0", "expected a run of work"),
    (HISTORY, "Early 2 3 0", "None 2 3 0", "expected a run of work"),
    (HISTORY, "None 0 0 2", "None 0 0 0", "expected a run of work"),
    (WEEK, "Early Head (0,1)", "Late Head (0,1)", "expected a shift type; found 'Late'"),
    (WEEK, "Early Head (0,1)", "Early Doctor (0,1)", "expected a skill; found 'Doctor'"),
    (WEEK, "Early Head (0,1)", "Early Head", "expected a shift type, a skill and 7 ranges"),
    (WEEK, "Early Head (0,1)", "Early Head 01", "expected (least,most)"),
    (WEEK, "Early Head (0,1)", "Early Head (0,1)(0,1)", "expected (least,most)"),
    (WEEK, "SHIFT_OFF_REQUESTS = 3", "SHIFT_OFF_REQUESTS = 4", "expected the number that follow, 3"),
    (
        WEEK,
        "SHIFT_OFF_REQUESTS = 3",
        "SHIFT_OFF_REQUESTS = x",
        "expected a whole number for `SHIFT_OFF_REQUESTS`",
    ),
    (WEEK, "Anna Any Wed", "Anne Any Wed", "expected a nurse; found 'Anne'"),
    (WEEK, "Anna Any Wed", "Anna All Wed", "expected a shift type; found 'All'"),
    (WEEK, "Anna Any Wed", "Anna Any Ons", "expected `Mon` … `Sun`; found 'Ons'"),
    (WEEK, "Anna Any Wed", "Anna Any", "expected a nurse, a shift type and a day; found 'Anna Any'"),
]


@pytest.mark.parametrize(("name", "old", "new", "words"), WRONG)
def test_a_mistake_is_refused_on_its_line(folder: Path, name: str, old: str, new: str, words: str) -> None:
    path = folder / name
    text, line = changed(path.read_text(encoding="utf-8"), old, new)
    path.write_text(text, encoding="utf-8")
    refused(lambda: read(folder, 0, [0]), path, line, words)


@pytest.mark.parametrize(
    ("name", "until", "words"),
    [
        (SCENARIO, "Cora Part 1 Nurse", "expected the number that follow, 2; found 'NURSES = 3'"),
        (SCENARIO, "\nNURSES", "expected SKILLS, SHIFT_TYPES, CONTRACTS, "),
        (SCENARIO, "\nSKILLS", "expected SKILLS, SHIFT_TYPES, CONTRACTS, "),
        (HISTORY, "Cora", "expected Cora before the end of the file"),
        (HISTORY, "\nNURSE_HISTORY", "expected Anna before the end of the file"),
        (WEEK, "\nREQUIREMENTS", "expected REQUIREMENTS before the end of the file"),
        (WEEK, "\nSHIFT_OFF", "expected SHIFT_OFF_REQUESTS before the end of the file"),
        (WEEK, "Cora Early", "expected the number that follow, 2; found 'SHIFT_OFF_REQUESTS = 3'"),
    ],
)
def test_a_file_that_ends_early_is_refused(folder: Path, name: str, until: str, words: str) -> None:
    path = folder / name
    lines = path.read_text(encoding="utf-8").split(until)[0].splitlines()
    path.write_text("\n".join(lines), encoding="utf-8")
    at = words.split("found '")[-1].removesuffix("'")
    last = max(number for number, line in enumerate(lines, 1) if line)
    refused(lambda: read(folder, 0, [0]), path, lines.index(at) + 1 if at in lines else last, words)


@pytest.mark.parametrize("name", [SCENARIO, HISTORY, WEEK])
def test_an_empty_a_binary_and_a_missing_file_are_refused(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(b"")
    refused(lambda: read(folder, 0, [0]), path, 1, "expected ")
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    with pytest.raises(Exception, match=rf"{name}: file: expected a text file of the set"):
        read(folder, 0, [0])
    path.unlink()
    with pytest.raises(Exception, match=rf"{name}: file: expected a text file .* found No such file"):
        read(folder, 0, [0])


def test_a_section_that_no_file_of_the_set_has_is_no_part_of_another(folder: Path) -> None:
    path = folder / SCENARIO
    text, line = changed(path.read_text(encoding="utf-8"), "NURSES = 3\nAnna", "NURSSES = 3\nAnna")
    path.write_text(text, encoding="utf-8")
    refused(lambda: read(folder, 0, [0]), path, line, "expected a contract")
