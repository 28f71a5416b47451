"""The set of Curtois & Qu: the scorer against costs and breaches by hand, and what its reader refuses."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.edits import changed, refused
from tests.bench.small import DATA, OFF, curtois_text
from turnus.bench.curtois import Instance, Person, Request, ShiftType, read, score

TINY1, TINY2 = DATA / "curtois" / "Tiny1.txt", DATA / "curtois" / "Tiny2.txt"
TEXT = TINY1.read_text(encoding="utf-8")
#: Lawful lines of Ada, Bo and Cy, E early, N night; what they cost stands in the first test.
LAWFUL = {"Ada": "EE..NN.", "Bo": "N..NNN.", "Cy": ".EEEE.."}


@pytest.fixture(scope="module")
def tiny1() -> Instance:
    return read(TINY1)


@pytest.fixture(scope="module")
def tiny2() -> Instance:
    return read(TINY2)


def rota(instance: Instance, *lines: str) -> list[list[int]]:
    shifts = {shift.id: at for at, shift in enumerate(instance.shifts)} | {".": OFF}
    return [[shifts[word] for word in line] for line in lines]


def test_the_file_is_read_whole(tiny1: Instance) -> None:
    assert tiny1.days == 7
    assert tiny1.shifts == (ShiftType("E", 480, frozenset()), ShiftType("N", 600, frozenset({0})))
    assert tiny1.people[1] == Person("Bo", (3, 7), 2400, 1500, 4, 1, 2, 1, frozenset({6}))
    assert tiny1.wanted == (Request(0, 0, 0, 3), Request(1, 3, 1, 2))
    assert tiny1.unwanted == (Request(2, 0, 0, 4), Request(1, 5, 1, 1))
    assert [(one.need, one.under, one.over) for one in tiny1.cover[4:7]] == [
        (2, 100, 1),
        (1, 100, 1),
        (0, 0, 7),
    ]


def test_cost_of_a_rota(tiny1: Instance) -> None:
    # Requests: Bo works N on day 5, 1; the others are granted.                                           1
    # E, present 1 2 1 1 1 0 0 of 1 1 1 1 2 1 0: one over on day 1, under on days 4 and 5.     1 + 100 + 100
    # N, present 1 0 0 1 2 2 0 of 1 1 0 1 1 1 1: under on days 1, 6, over on days 4, 5.      50 + 20 + 2 + 2
    found = score(tiny1, rota(tiny1, *LAWFUL.values()))
    assert (found.cost, found.broken) == (1 + 201 + 74, ())


def test_cost_of_another_rota(tiny1: Instance) -> None:
    # Requests: Ada is off on day 0, 3; Cy works E on day 0, 4.                                            7
    # E, present 1 1 0 1 2 1 1 of 1 1 1 1 2 1 0: under on day 2; over on Sunday, with a weight of its own. 107
    # N, present 1 1 1 1 0 0 0 of 1 1 0 1 1 1 1: over on day 2, under on days 4, 5 and 6.   2 + 50 + 50 + 20
    found = score(tiny1, rota(tiny1, "....EEE", "NNNN...", "EE.EE.."))
    assert (found.cost, found.broken) == (7 + 107 + 122, ())


def test_cost_when_nobody_works(tiny1: Instance) -> None:
    # Requests 3 + 2; seven E missing at 100; five N at 50 and Sunday's at 20.
    found = score(tiny1, rota(tiny1, ".......", ".......", "......."))
    assert found.cost == 5 + 700 + 270
    assert found.broken == (
        "Ada: 0 min, 1440 to 2520", "Bo: 0 min, 1500 to 2400", "Cy: 0 min, 960 to 2400",
    )  # fmt: skip


def test_a_request_for_a_shift_is_refused_by_another_shift_too(tiny1: Instance) -> None:
    # Ada works N instead of E on day 0: her request 3, E now 0 of 1, N now 2 of 1.
    assert score(tiny1, rota(tiny1, "NE..NN.", "N..NNN.", ".EEEE..")).cost == 276 + 3 + 100 + 2


def test_a_request_against_a_shift_is_granted_by_another_shift_too(tiny1: Instance) -> None:
    # Without demand: Ada's and Bo's wishes for a shift cost 3 + 2; Bo's against N on day 5 costs 1 only by N.
    bare = replace(tiny1, cover=())
    for line, cost in ((".....N.", 6), (".....E.", 5), (".......", 5)):
        assert score(bare, rota(tiny1, ".......", line, ".......")).cost == cost


#: (person, line, what is broken): each hard rule once, beside the line that just keeps it.
HARD = [
    ("Ada", "EE.EE..", "1 days off from day 2"),
    ("Ada", "EEEE...", "works on day 2, a day off"),
    ("Ada", "NE..EE.", "E after N on day 1"),
    ("Ada", "NN..EE.", None),  # nights may follow nights
    ("Ada", "EN..EE.", None),
    ("Ada", "NN..NN.", "4 shifts N, at most 2"),
    ("Ada", "EN..EEE", None),  # 2520 min
    ("Ada", "NN..EEE", "2640 min, 1440 to 2520"),
    ("Ada", "....EEE", None),  # 1440 min
    ("Ada", "EE.....", "960 min, 1440 to 2520"),
    ("Ada", "EE....E", None),  # the single day has no end in the horizon
    ("Ada", "EE..E..", "1 days on from day 4"),
    ("Ada", "E...EE.", None),  # and this one no start
    ("Bo", "NNNN...", None),
    ("Bo", "NN.NN..", "1 days off from day 2"),
    ("Bo", ".NNN...", None),  # a day off at the start
    ("Bo", "NNN..N.", None),  # and one at the end
    ("Bo", "..N..NN", "works on day 6, a day off"),  # N on day 2 alone is no breach: at least 1
    ("Bo", "EEEE...", "4 shifts E, at most 3"),
    ("Cy", ".EEEE..", None),
    ("Cy", "EEEEE..", "5 shifts in a row from day 0"),
    ("Cy", "E.EEE..", None),  # one day off in the middle is enough for Cy
    ("Cy", ".E.EE..", "1 days on from day 1"),
    ("Cy", "...EEE.", "1 weekends, at most 0"),
    ("Cy", "....EEE", "1 weekends, at most 0"),  # Saturday and Sunday are one weekend
    ("Cy", "EE....E", "1 weekends, at most 0"),
    ("Cy", "NN.....", "2 shifts N, at most 0"),
]


@pytest.mark.parametrize(("person", "line", "broken"), HARD)
def test_hard_rules(tiny1: Instance, person: str, line: str, broken: str | None) -> None:
    lines = rota(tiny1, *(LAWFUL | {person: line}).values())
    assert score(tiny1, lines).broken == (() if broken is None else (f"{person}: {broken}",))


def test_a_line_of_too_few_days_is_told(tiny1: Instance) -> None:
    found = score(
        replace(tiny1, wanted=(), unwanted=(), cover=()), rota(tiny1, "EE..NN", LAWFUL["Bo"], LAWFUL["Cy"])
    )
    assert found.broken == ("Ada: 6 days",)


def test_every_breach_of_every_person_is_told(tiny1: Instance) -> None:
    # Ada: 5 nights of at most 2, 3000 min, five in a row; day 2 is her day off. Cy: 600 min of N, weekend.
    found = score(tiny1, rota(tiny1, "NNNNN..", LAWFUL["Bo"], "......N"))
    assert found.broken == (
        "Ada: works on day 2, a day off", "Ada: 5 shifts N, at most 2", "Ada: 3000 min, 1440 to 2520",
        "Ada: 5 shifts in a row from day 0", "Cy: 1 shifts N, at most 0", "Cy: 600 min, 960 to 2400",
        "Cy: 1 weekends, at most 0",
    )  # fmt: skip


#: Finn may work one weekend of the two, and Gro too.
WEEKENDS = [
    ("Finn", "...DDD....DDD.", "2 weekends, at most 1"),  # two Saturdays
    ("Finn", "..DDD....DDDD.", None),  # the second Saturday only
    ("Gro", ".DD..DD..DD...", None),  # Saturday and Sunday of one weekend
    ("Gro", ".DD..DD.....DD", "2 weekends, at most 1"),  # the last Sunday counts
    ("Gro", "....DDD..DDD..", None),
    ("Gro", ".....D..DDD.DD", "2 weekends, at most 1"),
    ("Gro", "...DD.DDD.....", None),
]


@pytest.mark.parametrize(("person", "line", "weekends"), WEEKENDS)
def test_weekends(tiny2: Instance, person: str, line: str, weekends: str | None) -> None:
    lines = [line if one.id == person else "." * 14 for one in tiny2.people]
    broken = score(tiny2, rota(tiny2, *lines)).broken
    assert [one for one in broken if "weekends" in one] == ([f"{person}: {weekends}"] if weekends else [])


def test_a_run_over_the_border_of_two_weeks_is_one_run(tiny2: Instance) -> None:
    # Gro: at most three in a row.
    lines = rota(tiny2, "." * 14, "." * 14, ".....DDDD.....", "." * 14)
    assert "Gro: 4 shifts in a row from day 5" in score(tiny2, lines).broken


# --- the reader ---


def test_comments_line_ends_and_a_mark_at_the_start_do_not_matter(tmp_path: Path, tiny1: Instance) -> None:
    path = tmp_path / "a.txt"
    lines = [word for line in TEXT.splitlines() for word in (line, "  # a comment", "")]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    assert read(path) == tiny1


def test_what_is_written_is_read_again(tmp_path: Path, tiny1: Instance, tiny2: Instance) -> None:
    path = tmp_path / "a.txt"
    for one in (tiny1, tiny2):
        path.write_text(curtois_text(one), encoding="utf-8")
        assert read(path) == one


def test_spaces_and_limits_left_out(tmp_path: Path) -> None:
    text, _ = changed(TEXT, "Ada,E=7|N=2,2520,1440", " Ada , N=2 | , 2520 , -0")
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    ada = read(path).people[0]
    assert (ada.id, ada.most_shifts, ada.most_minutes, ada.least_minutes) == ("Ada", (7, 2), 2520, 0)


#: (what stands in the file, what instead, what the reader says on that line)
WRONG = [
    ("SECTION_HORIZON", "7", "expected SECTION_HORIZON; found '7'"),
    ("SECTION_STAFF", "SECTION_PEOPLE", "expected SECTION_HORIZON, SECTION_SHIFTS, "),
    ("a Monday\n7", "a Monday\nseven", "expected a whole number for days; found 'seven'"),
    ("a Monday\n7", "a Monday\n10", "expected whole weeks of days; found '10'"),
    ("E,480,", "E", "expected `ShiftID, Length in mins, Shifts which cannot follow`; found 'E'"),
    ("E,480,", "E,eight hours,", "expected a whole number for minutes; found 'eight hours'"),
    ("N,600,E", "N,600,E|X", "expected the id of a shift; found 'X'"),
    ("N,600,E", "N,600,E\nE,480,", "expected each id once; found 'E'"),
    ("Ada,E=7|N=2,2520,1440,4,2,2,1", "Ada,E=7|N=2,2520,1440,4,2,2", "expected `ID, MaxShifts, "),
    ("Ada,E=7|N=2,", "Ada,E=7|X=2,", "expected the id of a shift; found 'X'"),
    ("Ada,E=7|N=2,", "Ada,E=7|N,", "expected a whole number for `MaxShifts`; found ''"),
    ("Ada,E=7|N=2,2520", "Ada,E=7|N=2,lots", "expected a whole number for a limit; found 'lots'"),
    ("Bo,E=3", "Ada,E=3", "expected each id once; found 'Ada'"),
    ("Bo,6", "Bo,7", "expected a day before 7; found '7'"),
    ("Bo,6", "Bo,Sunday", "expected a whole number for a day; found 'Sunday'"),
    ("Bo,6", "Nils,6", "expected the id of an employee; found 'Nils'"),
    ("Ada,0,E,3", "Ada,0,E", "expected `EmployeeID, Day, ShiftID, Weight`; found 'Ada,0,E'"),
    ("Ada,0,E,3", "Ada,0,X,3", "expected the id of a shift; found 'X'"),
    ("Ada,0,E,3", "Ada,0,E,-3", "expected a whole number for a weight; found '-3'"),
    ("Cy,0,E,4", "Cy,14,E,4", "expected a day before 7; found '14'"),
    ("0,E,1,100,1", "0,E,1,100", "expected `Day, ShiftID, Requirement, Weight for under, Weight for over`"),
    ("6,N,1,20,2", "8,N,1,20,2", "expected a day before 7; found '8'"),
    ("6,N,1,20,2", "6,N,1,20,2.5", "expected a whole number for a weight; found '2.5'"),
    ("6,N,1,20,2", "6,N,one,20,2", "expected a whole number for a requirement; found 'one'"),
]


@pytest.mark.parametrize(("old", "new", "words"), WRONG)
def test_a_mistake_is_refused_on_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    text, line = changed(TEXT, old, new)
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    refused(lambda: read(path), path, line, words)


@pytest.mark.parametrize("last", ["SECTION_STAFF", "SECTION_SHIFTS", "# Days; day 0"])
def test_a_file_that_ends_early_is_refused_on_its_last_line(tmp_path: Path, last: str) -> None:
    path = tmp_path / "a.txt"
    text = TEXT[: TEXT.index(last) + len(last)]
    path.write_text(text, encoding="utf-8")
    says = max(
        number for number, line in enumerate(text.splitlines(), 1) if line and not line.startswith("#")
    )
    refused(lambda: read(path), path, says, "expected a horizon, shifts and staff before the end of the file")


@pytest.mark.parametrize("raw", [b"", b"\n\n# nothing\n"])
def test_an_empty_file_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    refused(lambda: read(path), path, 1, "expected a horizon, shifts and staff before the end of the file")


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    with pytest.raises(Exception, match=r"a\.txt: file: expected a text file of the set"):
        read(path)
