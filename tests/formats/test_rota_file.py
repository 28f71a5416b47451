"""A rota without a scenario: every way people write one is read, all else is told with its place."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import checking
from turnus.audit import audit
from turnus.errors import InputError
from turnus.formats.rota_file import RotaAlone, read_rota_file
from turnus.formats.rota_file_shifts import derived_tags
from turnus.formats.rota_file_words import (
    HEADINGS,
    break_minutes_of,
    clock_of,
    clock_pair_of,
    day_heading,
    hours_minutes_of,
    key_of,
    names_days,
    percent_of,
    section_of,
)
from turnus.problem import Problem
from turnus.rules import RULES
from turnus.texts import using_language

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
EXAMPLE = ROOT / "scenarios" / "rota-alone" / "solsiden.csv"
SHIFTS = "[vakter]\nkode;fra;til\nD;07.30;15.00\nA;14.45;22.15\nN;22.00;07.45\n"
WEEK = "ma;ti;on;to;fr;lø;sø"
Read = Callable[..., RotaAlone]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with using_language("en"):
        yield


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that writes a file and reads it under ks-lokal."""

    def reading(content: str | bytes, profile: str = "ks-lokal") -> RotaAlone:
        path = tmp_path / "rota.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_rota_file(path, profile)

    return reading


def told(read: Read, content: str | bytes) -> list[str]:
    """Return the lines that refuse a file, without its name."""
    with pytest.raises(InputError) as error:
        read(content)
    return [line.split("rota.csv:", 1)[1] for line in error.value.lines()]


def codes(alone: RotaAlone) -> list[str]:
    """Return each person's days as one string, off as a full stop."""
    names = alone.case.problem.codes
    return ["".join(names[a] if a else "." for a in row) for row in alone.written.rota.lines.tolist()]


def people(alone: RotaAlone) -> list[tuple[str | None, float]]:
    return [(owner.person, owner.size / 100) for owner in alone.case.problem.classes]


class TestTheExample:
    def test_its_hard_breaches_are_those_worked_out_by_hand(self) -> None:
        # Ola: N Wednesday ends Thursday 07:45, A begins 14:45: 7 h of 9 h, 120 min short.
        # Per works weekends 1 and 2 of a cycle of 3: every 3 weeks in a row hold two, one too many.
        # Weeks 3-1-2 and 1-2-3 end with weekend 2, weeks 2-3-1 with weekend 1. Of 26 Sundays he works 2 in
        # each of 8 cycles and those of two weeks more: 17 when the last is week 1, 18 when it is week 2;
        # 13 is half.
        alone = read_rota_file(EXAMPLE, "ks-lokal")
        found = audit(alone.case.problem, alone.case.rules, alone.written.rota)
        assert [(b.rule, b.post, b.day, b.amount) for b in found.hard] == [
            ("daily_rest", 1, 3, 120),
            ("sundays_off", 2, 6, 4),
            ("sundays_off", 2, 13, 5),
            ("weekend_frequency", 2, 5, 1),
            ("weekend_frequency", 2, 12, 1),
        ]

    def test_hours_stand_against_the_stated_full_position(self) -> None:
        alone = read_rota_file(EXAMPLE, "ks-lokal")
        problem, rota = alone.case.problem, alone.written.rota
        worked = [rota.worked_minutes(problem, post) for post in range(3)]
        # 14 days of 7.5 h; 4 nights of 9.75 h and 5 days; 7 days
        assert worked == [14 * 450, 4 * 585 + 5 * 450, 7 * 450]
        assert problem.classes[1].position(7500, 21) == pytest.approx(0.75 * 3 * 35.5 * 60)
        assert (alone.sizes_known, alone.hours_known) == (True, True)

    def test_its_free_day_codes_are_kept(self) -> None:
        written = read_rota_file(EXAMPLE, "ks-lokal").written
        assert written.off_codes[0][3:5] == ("F2", "F1")
        assert written.file_lines == (21, 22, 23)


def minimal(rota: str, shifts: str = SHIFTS) -> str:
    return f"{shifts}[turnus]\n{rota}"


SAME = [
    pytest.param(minimal(f"navn;stilling;{WEEK}\nKari;50;D;A;;;N;;\n"), id="semicolons"),
    pytest.param(minimal(f"navn;stilling;{WEEK}\nKari;50;D;A;;;N;;\n").replace("\n", "\r\n"), id="CRLF"),
    pytest.param(minimal(f"navn;stilling;{WEEK}\nKari;50;D;A;;;N;;\n").replace(";", ","), id="commas"),
    pytest.param(minimal(f"navn;stilling;{WEEK}\nKari;50;D;A;;;N;;\n").replace(";", "\t"), id="tabs"),
    pytest.param(
        b"\xef\xbb\xbf" + minimal(f"navn;stilling;{WEEK}\nKari;50;D;A;;;N;;\n").encode(), id="Excel's mark"
    ),
    pytest.param(minimal(f"navn;stilling;{WEEK}\nKari;50;D;A;;;N;;\n").encode("cp1252"), id="windows-1252"),
    pytest.param(minimal(f"Namn;Stillingsprosent;{WEEK}\nKari;50 %;d;a;-;F1;N;F2;fri\n"), id="words for off"),
    pytest.param(
        minimal("name;size %;Mon;Tue;Wed;Thu;Fri;Sat;Sun\nKari;50;D;A;;;N;;\n").replace("fra;til", "from;to"),
        id="English",
    ),
    pytest.param(
        minimal("namn;stilling;Måndag;Tysdag;Onsdag;Torsdag;Fredag;Laurdag;Sundag\nKari;50;D;A;;;N;;\n"),
        id="nynorsk",
    ),
    pytest.param(
        minimal(";;Uke 1\nnavn;stilling;uke 1 ma;1 ti;on 1;to1;U1 fr;1 lø;1 sø\nKari;50;D;A;;;N;;\n"),
        id="numbered days",
    ),
    pytest.param(minimal(f"Navn;Stilling;Uke 1\n;;{WEEK}\nKari;50;D;A;;;N;;\n"), id="headings on two lines"),
    pytest.param(minimal(f"navn;stilling;uke;{WEEK}\nKari;50;1;D;A;;;N;;\n"), id="a line for each week"),
    pytest.param(
        "kode;tid\nD;07:30-15:00\nA;14.45 – 22.15\nN;22-7.45\n\n"
        f"navn;stilling\nKari;50,0\n\nnavn;{WEEK}\nKari;D;A;;;N;;\n",
        id="blocks without titles, times in one column",
    ),
    pytest.param(
        minimal(f"Stilling;Person;Kompetanse;Størrelse %;{WEEK}\n01;Kari;;50;D;A;;;N;;\n"),
        id="a rota.csv of turnus",
    ),
    pytest.param(minimal(f"navn;stilling;{WEEK};sum\nKari;50;D;A;;;N;;;24,75\n"), id="a column of sums"),
    pytest.param(
        minimal(f"navn;stilling;{WEEK}\n\nKari;50;D;A;;;N;;\n;;;;\n").replace("\n", ";;;\n"),
        id="empty margins",
    ),
]  # fmt: skip


@pytest.mark.parametrize("content", SAME)
def test_every_way_of_writing_the_same_week_is_read_alike(read: Read, content: str | bytes) -> None:
    alone = read(content)
    assert codes(alone) == ["DA..N.."]
    assert people(alone) == [("Kari", 50)]
    assert [(s.code, s.start, s.end) for s in alone.case.problem.shifts] == [
        ("D", 450, 900), ("A", 885, 1335), ("N", 1320, 1905),
    ]  # fmt: skip
    assert alone.case.problem.cyclic


DATES = ";".join(f"{day:02d}.01.2027" for day in range(4, 18))


class TestDays:
    def test_dates_make_a_calendar_plan(self, read: Read) -> None:
        alone = read(minimal(f"navn;{DATES}\nKari;D{';' * 13}\n"))
        problem = alone.case.problem
        assert (problem.cyclic, str(problem.start), problem.days) == (False, "2027-01-04", 14)

    def test_days_before_the_first_monday_are_history_and_days_after_the_last_sunday_are_told(
        self, read: Read
    ) -> None:
        days = ";".join(f"2027-01-{day:02d}" for day in range(2, 13))  # Saturday 2nd to Tuesday 12th
        alone = read(minimal(f"navn;{days}\nKari;D;N;A;D;D;D;D;;;A;A\n"))
        assert codes(alone) == ["ADDDD.."]
        assert alone.case.problem.classes[0].history == (1, 3)
        assert any("last 2 days" in text for text in alone.assumed)
        found = audit(alone.case.problem, alone.case.rules, alone.written.rota)
        # N of Sunday ends Monday 07:45, A begins 14:45: 7 h of 9 h
        assert [(b.day, b.amount) for b in found.hard if b.rule == "daily_rest"] == [(0, 120)]

    def test_a_history_column_says_the_days_before(self, read: Read) -> None:
        alone = read(minimal(f"navn;historikk;{DATES}\nKari;- D N;A{';' * 13}\n"))
        assert alone.case.problem.classes[0].history == (0, 1, 3)

    @pytest.mark.parametrize("letters", ["M;T;O;T;F;L;S", "m;t;w;t;f;s;s"])
    def test_letters_in_order_are_weekdays(self, read: Read, letters: str) -> None:
        alone = read(minimal(f"Navn;Stilling;{letters};{letters}\nKari;75;D;;;;;;N;A\n"))
        assert codes(alone) == ["D.....NA......"]
        assert alone.case.problem.cyclic

    def test_days_and_months_get_their_year_from_the_start(self, read: Read) -> None:
        days = ";".join(f"{day}.12" for day in range(28, 32)) + ";" + ";".join(f"{n}/1" for n in range(1, 11))
        alone = read("[oppsett]\nstart;28.12.2026\n" + minimal(f"navn;{days}\nKari;D\n"))
        assert (str(alone.case.problem.start), alone.case.problem.days) == ("2026-12-28", 14)

    def test_slashes_part_a_date_too(self, read: Read) -> None:
        alone = read(minimal(f"navn;{DATES.replace('.', '/')}\nKari;D\n"))
        assert str(alone.case.problem.start) == "2027-01-04"

    def test_a_start_among_the_settings_dates_a_rota_of_weekdays(self, read: Read) -> None:
        alone = read("[oppsett]\nstart;04.01.2027\n" + minimal(f"navn;{WEEK}\nKari;A;;;;;;\n"))
        assert str(alone.case.problem.start) == "2027-01-04"

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_dates_and_weekdays_may_stand_on_two_lines(self, read: Read, order: tuple[int, int]) -> None:
        lines = (f";{WEEK};{WEEK}", f"navn;{DATES}")
        headings = "\n".join(lines[at] for at in order)
        alone = read(minimal(f"{headings}\nKari;D{';' * 13}\n"))
        assert str(alone.case.problem.start) == "2027-01-04"
        assert people(alone)[0][0] == "Kari"

    def test_weeks_on_lines_of_their_own_are_put_together(self, read: Read) -> None:
        alone = read(minimal(f"navn;uke;{WEEK}\nKari;1;D;;;;;;\n;2;A;;;;;;\nOla;1;N;;;;;;\nOla;2;;;;;;;D\n"))
        assert codes(alone) == ["D......A......", "N............D"]

    @pytest.mark.parametrize(
        ("headings", "message"),
        [
            ("navn;ti;on;to;fr;lø;sø;ma", "8:2: rota: expected Monday, or its short form; found 'ti'"),
            ("navn;1 ma;1 ti;1 on;1 to;1 fr;1 lø;2 sø", "8:8: rota: expected 1 Sunday, or its short form"),
            (f"navn;{WEEK};ma", "8:9: rota: expected whole weeks from a Monday, 1 to 104 of them"),
            (f"navn;{DATES.replace('06.', '07.')}", "8:4: rota: expected the date 2027-01-06; found '07."),
        ],
    )  # fmt: skip
    def test_days_out_of_order_are_told(self, read: Read, headings: str, message: str) -> None:
        (line,) = told(read, minimal(f"\n{headings}\nKari\n"))
        assert line.startswith(message)


ONE = f"navn;{WEEK}\nKari\n"
MISTAKES = [
    ("", ["shifts: expected a list of shifts; found none", "rota: expected a rota; found none"]),
    ("PK\x03\x04", ["expected a CSV file with a rota; found a spreadsheet file"]),
    ('{"posts": []}', ["found JSON. Check a result.json against its scenario"]),
    ("a\x00b", ["found bytes that are no text"]),
    ("[vaktar]\n", ["1:1: file: expected one of [oppsett], [vakter], [ansatte], [turnus]; found"]),
    (minimal(f"navn;{WEEK}\nKari;Q;Q;;;;;\n"), ["8:2: rota: expected a code of the shift list (D, A, N)"]),
    (minimal(f"navn;{WEEK}\nKari;D\nKari;;D\n"), ["9:1: rota: expected each person once"]),
    (
        minimal(f"fornavn;etternavn;{WEEK}\nKari;Li;D\nKari;Li;D\n"),
        ["9:1: rota: expected each person once; found 'Kari Li'. Remove one of the two lines, or"],
    ),
    (
        "[ansatte]\nnavn;stilling\nKari;50\n" + minimal(f"navn;{WEEK}\nKary;D;;;;;;\n"),
        ["11:1: rota: expected a person of the staff list; found 'Kary'. Did you mean Kari?"],
    ),
    (
        "[ansatte]\nnavn;stilling\nKari;50\n" + minimal(f"navn;{WEEK}\nOla;D;;;;;;\n"),
        ["found 'Ola'. Correct the name, or add the person to the staff list."],
    ),
    (
        minimal(f"navn;{WEEK}\nKari;D;FE;;;;;\n"),
        ["found 'FE'. Correct the code; one for a day off or leave is listed under [vakter], without clock"],
    ),
    (
        minimal(f'navn;stilling;{WEEK}\n"Kari;75;D\nOla;75;D;D\n'),
        ["8:1: rota: expected a field that ends on its own line; found 'Kari;75;D Ola;75;D;D'. Close the"],
    ),
    (
        '[vakter]\nkode;fra;til\nD;8;"16\nA;15;22\n[turnus]\n' + ONE,
        ["3:3: shifts: expected a field that ends on its own line"],
    ),
    (
        minimal("navn;stilling;1;2;3;4;5;6;7\nKari;75;D\n"),
        ["7:3: rota: expected headings of the days: dates, or 1 ma, 1 ti, … from a Monday; found '1'."],
    ),
    (
        minimal("navn;stilling;2027-03-01;2027-03-02;2027-03-03\nKari;75;D\n"),
        ["7:3: rota: expected at least the seven days of a week, from a Monday; found 3 of them."],
    ),
    (
        minimal("navn;" + ";".join(f"{day:02d}.03" for day in range(1, 8)) + "\nKari;D\n"),
        ["7:2: rota: expected dates with their year, or a line start;04.01.2027 under [oppsett]; found '01."],
    ),
    (
        minimal("navn;" + ";".join(f"9999-12-{day}" for day in range(20, 32)) + "\nKari;D\n"),
        ["7:2: rota: expected dates from 2000 to 2100, whose red days are known; found '9999-12-20'."],
    ),
    ("[oppsett]\nstart;03.01.2101\n" + minimal(ONE), ["2:2: settings: expected dates from 2000 to 2100"]),
    (
        "[oppsett]\nstart;27.12.2100\n" + minimal(f"navn;{WEEK}\nKari;D\n"),
        ["2:2: horizon.start: expected dates from 2000 to 2100, whose red days are known"],
    ),
    (minimal(f"navn;stilling;{WEEK}\nKari;0,75;;;;;;;\n"), ["8:2: rota: expected a size in percent above 1"]),
    (minimal(f"navn;stilling;{WEEK}\nKari;120;;;;;;;\n"), ["8:2: rota: expected a size in percent above 1"]),
    (minimal(f"navn;{WEEK}\n"), ["7:1: rota: expected a line for each person"]),
    (minimal(ONE, "[vakter]\nkode;fra;til\nD;25.00;15.00\n"), ["3:2: shifts: expected a clock time"]),
    (minimal(ONE, "[vakter]\nkode;fra;til\nD;24.00;07.00\n"), ["3:2: shifts: expected a clock time such"]),
    (minimal(ONE, "[vakter]\nkode;tid\nD;24.00-07.00\n"), ["3:2: shifts: expected a clock time such as"]),
    (minimal(ONE, SHIFTS + "D;8;9\n"), ["6:1: shifts: expected each code once; found 'D'"]),
    (minimal(ONE, SHIFTS + "D 1;8;9\n"), ["6:1: shifts: expected a code of at most 8 letters"]),
    (minimal(ONE, SHIFTS + "night;8;9\n"), ["6:1: shifts: expected each code once"]),
    (
        minimal(ONE, "[vakter]\nkode;fra;til;ubetalt pause;timer\nD;8;16;30;8\n"),
        ["3:5: shifts: expected hours that are the length less the unpaid break; found '8'"],
    ),
    (
        minimal(ONE, "[vakter]\nkode;fra;til;pause\nD;8;16;900\n"),
        ["3:4: shifts: expected minutes of break within the shift"],
    ),
    ("[oppsett]\nfull stilling;36\n" + minimal(ONE), ["2:2: settings: expected the hours a week"]),
    ("[oppsett]\nstart;05.01.2027\n" + minimal(ONE), ["2:2: settings: expected a Monday"]),
    ("[oppsett]\nfarge;blå\n" + minimal(ONE), ["2:1: settings: expected one of enhet, start"]),
    (
        "[oppsett]\navtale;K-7;KS;fylke\n" + minimal(ONE),
        ["2:4: settings: expected one of individuell, lokal, sentral, arbeidstilsynet; found 'fylke'"],
    ),
    (
        "[oppsett]\nstart;2027-01-11\n" + minimal(f"navn;{DATES}\nKari\n"),
        ["2:2: settings: expected the first Monday of the rota, 2027-01-04; found '2027-01-11'"],
    ),
    (
        minimal(f"navn;uke;{WEEK}\nKari;1;;;;;;;\nKari;2;;;;;;;\nOla;1;;;;;;;\n"),
        ["10:2: rota: expected the same weeks for everybody"],
    ),
    (minimal(f"navn;historikk;{WEEK}\nKari;D N;;;;;;;\n"), ["8:2: rota: expected no history in a base rota"]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "messages"), MISTAKES)
def test_a_mistake_is_told_with_its_line_and_field(read: Read, content: str, messages: list[str]) -> None:
    with pytest.raises(InputError) as error:
        read(content)
    lines = error.value.lines()
    assert len(lines) == len(messages)
    for line, message in zip(lines, messages, strict=True):
        assert message in line
        assert not line.endswith((";", ". "))


def test_the_same_unknown_code_is_told_once_with_its_number(read: Read) -> None:
    (line,) = told(read, minimal(f"navn;{WEEK}\nKari;d1;d1;d1;;;;\nOla;d1;;;;;;\n"))
    assert "'d1' here and in 3 other places" in line
    assert "Did you mean D?" in line


def test_a_file_larger_than_any_rota_is_refused(read: Read) -> None:
    (line,) = told(read, ";" * 5_000_001)
    assert "more than 5 MB" in line
    (line,) = told(read, "x;y\n" * 20_001)
    assert (
        "20001: file: expected at most 20000 lines and 1500 columns; found more. Take out what is no" in line
    )


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected a readable file; found no such file or folder"):
        read_rota_file(tmp_path / "nowhere.csv", "ks-lokal")


class TestShifts:
    @pytest.mark.parametrize(
        ("begins", "ends", "tags"),
        [
            (450, 900, ("day",)),
            (885, 1335, ("evening",)),
            (1320, 1905, ("night",)),
            (960, 1560, ("night",)),  # 16:00–02:00: 3 h after 23
            (960, 1559, ("evening",)),  # a minute less
            (450, 1050, ("day",)),  # 10 h
            (450, 1051, ("long",)),  # a minute more
            (1260, 1900, ("night", "long")),
            (180, 600, ("night",)),  # 03:00–10:00: 3 h before 06
            (181, 600, ("day",)),
            (720, 1140, ("day",)),  # to 19:00
            (720, 1141, ("evening",)),
        ],
    )
    def test_the_clock_says_what_kind_of_shift_it_is(
        self, begins: int, ends: int, tags: tuple[str, ...]
    ) -> None:
        assert derived_tags(begins, ends) == tags

    def test_kinds_that_the_file_states_win_and_are_not_told_as_derived(self, read: Read) -> None:
        shifts = "[vakter]\nkode;fra;til;type\nD;8;16;natt\nL;8;20;lang, dag\nA;15;22\n"
        alone = read(minimal(f"navn;{WEEK}\nKari;D;;;;;;\n", shifts))
        assert [sorted(shift.tags) for shift in alone.case.problem.shifts] == [
            ["night"], ["day", "long"], ["evening"],
        ]  # fmt: skip
        (text,) = [text for text in alone.assumed if text.startswith("By the clock")]
        assert text.endswith("evening: A.")

    def test_hours_and_breaks(self, read: Read) -> None:
        shifts = (
            "[vakter]\nkode;fra;til;ubetalt pause;betalt pause;timer\n"
            "D;8;16;30;;\nE;8;16;;0:20;\nF;8;16;;;7,5\nG;8;16;;;8\nH;8;16;0,5 t;10 min;7,5\n"
        )
        alone = read(minimal(f"navn;{WEEK}\nKari;D;;;;;;\n", shifts))
        assert [(s.minutes, s.break_minutes) for s in alone.case.problem.shifts] == [
            (450, 30), (480, 20), (450, 30), (480, None), (450, 40),
        ]  # fmt: skip
        (text,) = [one.text for one in alone.missing if one.rule == "breaks"]
        assert text == "The breaks of G are not stated: `ubetalt pause` or `betalt pause`."

    def test_codes_without_times_are_days_off_and_leave_is_leave(self, read: Read) -> None:
        shifts = SHIFTS + "X;;\nF1;;\nFE;;\n"
        shifts = shifts.replace("kode;fra;til", "kode;fra;til;navn").replace("FE;;", "FE;;;Ferie")
        rota = f"navn;{DATES}\nKari;X;FE;FE;D{';' * 10}\n"
        alone = read(minimal(rota, shifts))
        assert codes(alone) == ["...D.........."]
        assert alone.case.problem.classes[0].leave == {1, 2}
        assert "leave" not in {one.rule for one in alone.missing}
        assert alone.written.leave == (frozenset({1, 2}),)
        assert alone.written.off_codes[0][:4] == ("X", "FE", "FE", "")
        assert "Codes without clock times are days off: X." in alone.assumed
        assert "Codes of leave: FE." in alone.assumed

    def test_leave_in_a_base_rota_is_a_day_off_and_that_is_said(self, read: Read) -> None:
        shifts = SHIFTS.replace("kode;fra;til", "kode;fra;til;type") + "FE;;;ferie\n"
        alone = read(minimal(f"navn;{WEEK}\nKari;D;FE;fe;;;;\n", shifts))
        (text,) = [one.text for one in alone.missing if one.rule == "leave"]
        assert text == "a base rota has no dates: the days of leave (FE) are read as days off"
        assert alone.written.leave == (frozenset({1, 2}),)

    @pytest.mark.parametrize(
        ("times", "ends"), [("07:00;07:00", 420 + 1440), ("00:00;24:00", 1440), ("0:00;00:00", 1440)]
    )
    def test_a_shift_may_last_24_hours(self, read: Read, times: str, ends: int) -> None:
        alone = read(minimal(f"navn;{WEEK}\nKari;M\n", f"[vakter]\nkode;fra;til\nM;{times}\n"))
        (shift,) = alone.case.problem.shifts
        assert (shift.end, shift.minutes, shift.active) == (ends, 1440, ((ends - 1440, ends),))
        assert "Shifts that end when they start last 24 h: M." in alone.assumed

    def test_a_shift_that_a_scenario_refuses_is_told_with_its_line(self, read: Read) -> None:
        (line,) = told(read, minimal(ONE, "[vakter]\nkode;fra;til;type\nlong;8;16;dag\n"))
        assert line.startswith("3:1: ")

    def test_a_night_belongs_to_the_day_it_starts_on(self, read: Read) -> None:
        alone = read(minimal(f"navn;{WEEK}\nKari;D\n"))
        text = "A shift belongs to the day it starts on: N (22:00–07:45) on a Monday ends on the Tuesday."
        assert text in alone.assumed

    def test_only_unpaid_breaks_of_0_say_nothing_of_paid_ones(self, read: Read) -> None:
        for column, breaks in (("", None), (";betalt pause", 0)):
            shifts = f"[vakter]\nkode;fra;til;ubetalt pause{column}\nD;8;16;0\n"
            alone = read(minimal(f"navn;{WEEK}\nKari;D\n", shifts))
            assert alone.case.problem.shifts[0].break_minutes == breaks


class TestWhatIsMissing:
    def test_rests_inside_a_shift_cannot_be_judged(self, read: Read) -> None:
        alone = read(minimal(f"navn;{WEEK}\nKari;D\n"), profile="medlever")
        (text,) = [one.text for one in alone.missing if one.rule == "live_in_scheme"]
        assert text == "not in the file: which part of a shift is rest (passive duty)"
        assert "live_in_scheme" not in {rule.id for rule in alone.case.rules}

    def test_one_missing_size_leaves_the_others_to_be_judged(self, read: Read) -> None:
        rota = f"navn;stilling;{WEEK}\nKari;10;D;D;D;D;D\nOla;;D;D;D;D;D\n"
        alone = read("[oppsett]\nfull stilling;35,5\n" + minimal(rota))
        found = audit(alone.case.problem, alone.case.rules, alone.written.rota)
        # 5 × 7.5 h where 10 % of 35.5 h is 3 h 33 min
        assert [(b.post, b.amount) for b in found.hard if b.rule == "hours_of_post"] == [(0, 2250 - 213)]
        (text,) = [one.text for one in alone.missing if one.rule == "hours_of_post"]
        assert text == "not in the file: the size of the post of Ola"
        assert (set(alone.unsized), set(alone.untimed)) == ({1}, {1})

    def test_hours_of_a_full_position_may_be_missing_for_some(self, read: Read) -> None:
        alone = read(minimal(f"navn;stilling;full stilling;{WEEK}\nKari;50;35,5;D\nOla;50;;D\n"))
        (text,) = [one.text for one in alone.missing if one.rule == "hours_of_post"]
        assert text == "not in the file: the hours of a full position for Ola (`full stilling;35,5 t`)"
        assert (set(alone.unsized), set(alone.untimed)) == (set(), {1})
        (week,) = [one.text for one in alone.missing if one.rule == "mean_weekly_hours"]
        assert "for Ola" in week

    @pytest.mark.parametrize(
        ("size", "minutes"),
        [
            # 14 × 7.5 h = 6300 min in three weeks of 35.5 h; 98,59 % of them is 6299.9 min
            ("98,59", None),
            ("98,5", 2),  # 6294.15 min, and 0.05 % of 6390 min are 3.2 min, 4 in whole minutes: 6298 min
            ("98", 38),  # a whole number is exact: 6262.2 min
        ],
    )
    def test_the_rounding_of_a_size_is_no_breach(self, read: Read, size: str, minutes: int | None) -> None:
        days = ";".join([WEEK] * 3)
        rota = f"navn;stilling;{days}\nKari;{size};{'D;D;D;D;D;;;' * 2}D;D;D;D\n"
        alone = read("[oppsett]\nfull stilling;35,5 t\n" + minimal(rota))
        found = audit(alone.case.problem, alone.case.rules, alone.written.rota)
        amounts = [b.amount for b in found.hard if b.rule == "hours_of_post"]
        assert amounts == ([] if minutes is None else [minutes])
        assert any("half of the last decimal" in text for text in alone.assumed) == ("," in size)

    @pytest.mark.parametrize(
        "heading", ["Stillings-%", "St.br.", "st.br", "Stillingsbrøk", "Stillingsprosent"]
    )
    def test_every_heading_of_sizes_is_read(self, read: Read, heading: str) -> None:
        assert people(read(minimal(f"navn;{heading};{WEEK}\nKari;75,0;D\n"))) == [("Kari", 75)]

    def test_first_name_and_surname_may_stand_apart(self, read: Read) -> None:
        staff = "[ansatte]\nEtternavn;Fornavn;stilling\nHansen;Kari;50\nHansen;Ola;60\n"
        rota = f"Etternavn;Fornavn;{WEEK}\nHansen;Ola;D\nHansen;Kari;A\n"
        assert people(read(staff + minimal(rota))) == [("Ola Hansen", 60), ("Kari Hansen", 50)]

    def test_lines_that_hold_no_day_are_remarks_and_told(self, read: Read) -> None:
        notes = "\nForklaring: F1 er ukefri\nUtskrevet 01.02.2027\n"
        rota = f"navn;stilling;{WEEK}\nSykepleiere\nKari;75;D\n{notes}"
        alone = read(minimal(rota))
        assert people(alone) == [("Kari", 75)]
        text = (
            "Lines that say one thing are not read as people: 8 «Sykepleiere», 11 «Forklaring: F1 er "
            "ukefri», 12 «Utskrevet 01.02.2027»."
        )
        assert text in alone.assumed

    def test_lines_of_sums_are_no_people_and_told(self, read: Read) -> None:
        rota = f"navn;stilling;{WEEK}\nKari;75;D;A\nSum dag;;1;0;0;0;0;0;0\nA;;0;1\n;;7,5;7,5\n"
        alone = read(minimal(rota))
        assert people(alone) == [("Kari", 75)]
        assert "Lines of figures are not read as people: 9 «Sum dag», 10 «A», 11 «7,5»." in alone.assumed
        shifts = "[vakter]\nkode;fra;til\n1;8;16\n"
        assert codes(read(minimal(f"navn;{WEEK}\nSum;1;1\n", shifts))) == ["11....."]  # 1 is a code here

    def test_a_line_that_ends_too_early_is_told(self, read: Read) -> None:
        (note,) = read(minimal(f"navn;stilling;{WEEK}\nKari;75;D;D\nOla;75;D;;;;;;\n")).written.notes
        assert (note.line, note.expected, note.found) == (
            8, "expected a field for each of 7 days for Kari", "found 2",
        )  # fmt: skip

    def test_rules_that_need_a_scenario_are_named_and_not_judged(self, read: Read) -> None:
        alone = read(minimal(f"navn;{WEEK}\nKari;D;;;;;;\n"))
        missing = {one.rule for one in alone.missing}
        assert missing >= {
            "competence",
            "fte_budget",
            "surplus_limit",
            "hours_of_post",
            "even_hours",
            "leave",
        }
        judged = {rule.id for rule in alone.case.rules}
        assert judged.isdisjoint(missing - {"breaks", "notice", "mean_weekly_hours"})
        assert missing - {None} <= {rule.id for rule in RULES}
        assert (alone.sizes_known, alone.hours_known) == (False, False)

    def test_sizes_without_hours_of_a_full_position_are_not_enough(self, read: Read) -> None:
        alone = read(minimal(f"navn;stilling;{WEEK}\nKari;50;D;;;;;;\n"))
        (text,) = [one.text for one in alone.missing if one.rule == "hours_of_post"]
        assert "full stilling;35,5 t" in text
        assert (alone.sizes_known, alone.hours_known) == (True, False)

    @pytest.mark.parametrize(("profile", "rules"), [("ks-lokal", 1), ("aml", 2)])
    def test_without_hours_of_a_full_position_only_what_is_above_every_limit_is_judged(
        self, read: Read, profile: str, rules: int
    ) -> None:
        shifts = "[vakter]\nkode;fra;til;ubetalt pause\nD;08:00;16:18;30\nE;08:00;16:31;30\n"
        told = "for them only what is above 40 h a week is judged"
        for days, broken in (("D;D;D;D;D;;", 0), ("E;E;E;E;E;;", rules)):  # 39 h, and 40 h 5 min
            alone = read(minimal(f"navn;stilling;{WEEK}\nKari;100;{days}\n", shifts), profile)
            found = audit(alone.case.problem, alone.case.rules, alone.written.rota)
            about_weeks = {"max_hours_per_week", "mean_weekly_hours"}
            assert len([b for b in found.hard if b.rule in about_weeks]) == broken
            assert len([one for one in alone.missing if told in one.text]) == rules
            assert {one.rule for one in alone.missing if told in one.text} <= about_weeks
        rota = minimal(f"navn;stilling;{WEEK}\nKari;100;D;D;D;D;D;;\n", shifts)
        alone = read(f"[oppsett]\nfull stilling;37,5 t\n{rota}", profile)
        assert not any(told in one.text for one in alone.missing)

    def test_hours_of_a_full_position_may_differ_from_person_to_person(self, read: Read) -> None:
        rota = f"navn;stilling;full stilling;{WEEK}\nKari;50;33,6;D;;;;;;\nOla;50;37:30;D;;;;;;\n"
        alone = read(minimal(rota))
        assert [owner.full_week_minutes for owner in alone.case.problem.classes] == [2016, 2250]
        assert alone.hours_known

    def test_hours_of_a_full_position_may_be_converted(self, read: Read) -> None:
        rota = f"navn;stilling;full stilling;{WEEK}\nKari;50;Tredelt;D;;;;;;\nOla;50;37,5;D;;;;;;\n"
        settings = "[oppsett]\nfull stilling;omregnet\n"
        both = [read(minimal(rota)), read(settings + minimal(f"navn;stilling;{WEEK}\nKari;50;D;;;;;;\n"))]
        converted = [[owner.converted for owner in alone.case.problem.classes] for alone in both]
        assert converted == [[True, False], [True]]
        assert all(alone.hours_known for alone in both)

    def test_nothing_is_demanded(self, read: Read) -> None:
        problem: Problem = read(minimal(f"navn;{WEEK}\nKari;D;;;;;;\n")).case.problem
        assert problem.rows == ()

    def test_filled_columns_that_are_no_days_are_told(self, read: Read) -> None:
        alone = read(minimal(f"navn;{WEEK};sum t;;uleselig\nKari;D;;;;;;;7,5;D;\n"))
        assert "Columns of the rota that are not read: sum t, 10." in alone.assumed

    def test_vacant_lines_are_posts_of_their_own(self, read: Read) -> None:
        alone = read("[ansatte]\nnavn\nKari\n" + minimal(f"navn;{WEEK}\nKari\nVakant;D\n;A\nVakant;N\n"))
        assert [name for name, _size in people(alone)] == [
            "Kari", "Vakant line 12", "line 13", "Vakant line 14",
        ]  # fmt: skip

    def test_lines_outside_every_part_are_told(self, read: Read) -> None:
        alone = read("Turnus for Solsiden\n\n" + minimal(f"navn;{WEEK}\nKari;D;;;;;;\n"))
        assert "Not read, because they stand in no part of the file: lines 1." in alone.assumed


def test_what_an_agreement_leaves_open_is_said(read: Read) -> None:
    alone = read("[oppsett]\navtale;A1\navtale;A2;KS;;31.12.2019\n" + minimal(f"navn;{WEEK}\nKari;D\n"))
    said = [text for text in alone.assumed if text.startswith("Agreement")]
    assert said == [
        "Agreement A1: the file does not say who the parties are and at which level it is; it is read as "
        "local.",
        "Agreement A2: the file does not say at which level it is; it is read as local.",
    ]
    (date,) = [one.text for one in alone.missing if one.rule is None]
    assert date.startswith(
        "line 3: expected the dates of the rota, to judge whether the agreement still holds"
    )


def test_an_individual_agreement_names_those_who_signed(read: Read) -> None:
    file = "[oppsett]\navtale;A1;KS;individuell;;{}\n" + minimal(f"navn;{WEEK}\nKari;D\nOla;D\n")
    (agreement,) = read(file.format("Kari, Ola")).case.scenario.agreements
    assert agreement.people == ("Kari", "Ola")
    assert any(
        "expected the names of those who have signed" in text for text in read(file.format("")).assumed
    )
    (line,) = told(read, file.format("Per"))
    assert line.startswith("2:2: ")


def test_what_is_not_verified_about_a_profile_is_said(read: Read) -> None:
    alone = read(minimal(f"navn;{WEEK}\nKari;D\n"), profile="sentral-langvakt")
    assert any("Not verified" in text for text in alone.assumed)


def test_agreements_tolerances_and_weekend_of_the_settings(read: Read) -> None:
    alone = read(
        "[oppsett]\navtale;K-7;KS og NSF;sentral;31.12.2027\navvik under;2,5\navvik over;1 t\n"
        "helg;lørdag 00.00;søndag 23:00\ndrøftet;01.12.2026\n" + minimal(f"navn;{DATES}\nKari;D\n")
    )
    scenario = alone.case.scenario
    (agreement,) = scenario.agreements
    assert (agreement.id, agreement.level, str(agreement.valid_until)) == ("K-7", "central", "2027-12-31")
    owner = alone.case.problem.classes[0]
    assert (owner.under_minutes, owner.over_minutes) == (150, 60)
    assert (scenario.weekend.begins, scenario.weekend.ends) == ("saturday 00:00", "sunday 23:00")
    assert str(alone.case.problem.discussed) == "2026-12-01"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("07:30", 450), ("7.30", 450), ("0730", 450), ("7", 420), ("kl. 7.30", 450), ("24:00", 1440),
     ("00:00:00", 0), ("24:01", None), ("7:60", None), ("7,5", None), ("", None), ("-1", None)],
)  # fmt: skip
def test_clock_times(text: str, minutes: int | None) -> None:
    assert clock_of(text) == minutes


def test_pairs_of_clock_times() -> None:
    assert clock_pair_of("07.30–15.00") == clock_pair_of("7:30 til 15") == (450, 900)
    assert clock_pair_of("07.30") is None


@pytest.mark.parametrize(
    ("text", "as_break", "as_hours"),
    [("30", 30, 1800), ("30 min", 30, 30), ("0:30", 30, 30), ("0,5", 30, 30), ("0.5 t", 30, 30),
     ("1 t", 60, 60), ("1 t 30 min", 90, 90), ("35,5 t", 2130, 2130), ("0,33", None, None),
     ("x", None, None), ("9" * 20, None, None)],
)  # fmt: skip
def test_lengths(text: str, as_break: int | None, as_hours: int | None) -> None:
    assert (break_minutes_of(text), hours_minutes_of(text)) == (as_break, as_hours)


def test_sizes() -> None:
    assert [percent_of(text) for text in ("75", "75,5 %", "100%", "1", "0,75", "101", "")] == [
        75, 75.5, 100, None, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["navn", "sum", "D", "", "32.01.2027", "uke", "1", "timer"])
def test_other_headings_are_no_days(text: str) -> None:
    assert day_heading(text) is None


def test_every_heading_that_the_readme_names_is_read() -> None:
    rows = re.findall(r"^\| `\[(\w+)\]` \| (.*) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert [section_of(title) for title, _text in rows] == ["shifts", "staff", "rota", "settings"]
    other = re.compile(r"\d|;|–|^(dag|kveld|natt|lang|ferie|permisjon|fravær|fri|lokal|-|ma|sø|\[turnus\])$")
    for title, text in rows:
        section = section_of(title) or ""
        for named in re.findall(r"`([^`]+)`", text):
            if not other.search(named):
                assert key_of(HEADINGS[section], named), (section, named)


@pytest.mark.parametrize("run", checking.RUNS)
def test_the_rotas_of_the_benchmark_are_read(read: Read, run: str) -> None:
    alone = read(checking.rota_text(run, people=3, weeks=6))
    assert alone.written.rota.lines.shape == (3, 42)
    assert (alone.written.rota.lines[:, 0] > 0).any()


WORDS = st.sampled_from(
    ["[vakter]", "[turnus]", "[ansatte]", "[oppsett]", "kode", "fra", "til", "navn", "stilling", "uke", "D",
     "A", "07.30", "22:15", "ma", "ti", "on", "to", "fr", "lø", "sø", "1 ma", "2027-01-04", "100", "F1", "-",
     "", "Kari", "start", "avtale", "helg", "fredag 21:00", "full stilling", "35,5", '"', "ferie",
     "999999999999", "１"]
)  # fmt: skip
LINES = st.lists(st.lists(WORDS | st.text(max_size=8), max_size=12).map(";".join), max_size=12)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        LINES.map(lambda lines: "\n".join(lines).encode("utf-8", "ignore")),
        LINES.map(lambda lines: (minimal(f"navn;{WEEK}\n") + "\n".join(lines)).encode("utf-8", "ignore")),
        LINES.map(lambda lines: ("[vakter]\nkode;fra;til\n" + "\n".join(lines)).encode("utf-8", "ignore")),
        st.binary(max_size=200),
    )
)
def test_whatever_a_file_holds_it_is_read_or_refused_with_findings(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rota.csv"
    path.write_bytes(content)
    refused: list[str] = []
    try:
        alone = read_rota_file(path, "ks-lokal")
        audit(alone.case.problem, alone.case.rules, alone.written.rota)
    except InputError as error:
        refused = error.lines()
        assert refused
    assert refused or len(alone.written.rota.posts) == len(alone.written.rota.lines)


def test_figures_and_codes_that_look_like_days_are_no_headings(read: Read) -> None:
    assert not names_days(["7.5"] * 8)
    assert not names_days(["FR"] * 7)  # a code for a day off, and Friday
    assert names_days([f"{day}.2" for day in range(26, 29)] + [f"{day}.3" for day in range(1, 6)])
    shifts = SHIFTS + "FR;;\n"
    alone = read(
        minimal(f"navn;{WEEK}\nKari;D;A\nOla;{';'.join(['FR'] * 7)}\nSum;{';'.join(['7.5'] * 7)}\n", shifts)
    )
    assert codes(alone) == ["DA.....", "......."]
