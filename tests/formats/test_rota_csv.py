"""The rota out to CSV and back, from CSV and from result.json, and what can be wrong on the way."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.result.cases import small_case, small_outcome, small_rota
from turnus.audit import free_days
from turnus.case import Case
from turnus.errors import InputError
from turnus.formats import read_rota, rota_csv, write_json, write_rota_csv
from turnus.formats.rota_reading import read_written_rota
from turnus.formats.rota_text import date_of
from turnus.result import result_document
from turnus.texts import using_language


@pytest.fixture
def case() -> Case:
    return small_case()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with using_language("en"):
        yield


def csv_text(case: Case) -> str:
    rota = small_rota(case)
    return rota_csv(case.problem, rota, free_days(case.problem, case.rules, rota))


def written(tmp_path: Path, text: str, name: str = "rota.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


def refusal(path: Path, case: Case) -> str:
    with pytest.raises(InputError) as caught:
        read_rota(path, case.problem)
    return str(caught.value)


def test_the_file_opens_in_excel_with_norwegian_settings(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "rota.csv"
    rota = small_rota(case)
    with using_language("nb"):
        write_rota_csv(path, case.problem, rota, free_days(case.problem, case.rules, rota))
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("Stilling;Person;Kompetanse;Størrelse %;1 ma;1 ti")
    assert lines[1] == "01;Kari;nurse;75;D;D;D;D;;F2;F1;D;D;;;D;F2;F1"
    assert lines[3].startswith("03;;aide;50;")


def test_a_size_with_decimals_has_the_decimal_comma_of_the_language_and_comes_back(
    case: Case, tmp_path: Path
) -> None:
    rota = small_rota(case)
    odd = type(rota)((type(rota.posts[0])(0, 7510), *rota.posts[1:]), rota.lines)
    for language, shown in (("nb", ";75,1;"), ("en", ";75.1;")):
        with using_language(language):
            text = rota_csv(case.problem, odd, free_days(case.problem, case.rules, odd))
        assert shown in text
        assert read_rota(written(tmp_path, text), case.problem).posts[0].size == 7510


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_what_is_written_is_what_is_read(case: Case, tmp_path: Path, language: str) -> None:
    with using_language(language):
        path = written(tmp_path, csv_text(case))
        found = read_rota(path, case.problem)
    assert found.posts == small_rota(case).posts
    assert np.array_equal(found.lines, small_rota(case).lines)


def test_result_json_comes_back_as_the_same_rota(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    write_json(path, result_document(case, small_outcome(case)))
    found = read_rota(path, case.problem)
    assert found.posts == small_rota(case).posts
    assert np.array_equal(found.lines, small_rota(case).lines)


@pytest.mark.parametrize("name", ["rota.csv", "result.json"])
def test_the_codes_of_days_off_come_back_beside_the_rota(case: Case, tmp_path: Path, name: str) -> None:
    path = written(tmp_path, csv_text(case).replace("F2;F1;", "f2;f1;", 1))
    if name == "result.json":
        path = tmp_path / name
        write_json(path, result_document(case, small_outcome(case)))
    found = read_written_rota(path, case.problem)
    first = ("F2", "F1") if name == "result.json" else ("f2", "f1")  # as the file has them
    kari = ["", "", "", "", "", *first, "", "", "", "", "", "F2", "F1"]
    assert found.off_codes[0] == tuple(kari)
    assert found.file_lines == ((None,) * 3 if name == "result.json" else (2, 3, 4))


@pytest.mark.parametrize("separator", [",", "\t"])
def test_other_separators_and_line_ends_are_read_too(case: Case, tmp_path: Path, separator: str) -> None:
    text = csv_text(case).replace(";", separator).replace("\r\n", "\n")
    assert len(read_rota(written(tmp_path, text), case.problem).posts) == 3


@pytest.mark.parametrize("word", ["off", "-", "F3", "f1", " "])
def test_every_way_to_write_a_day_off(case: Case, tmp_path: Path, word: str) -> None:
    text = csv_text(case).replace("75;D;", f"75;{word};", 1)
    assert int(read_rota(written(tmp_path, text), case.problem).lines[0, 0]) == 0


FAULTS: list[tuple[str, str, str, str]] = [
    (
        "75;D;",
        "75;X;",
        ":2:5: ",
        "expected a code of the shift list (D, A), F1, F2 or empty; found 'X'. Correct the code; one for a "
        "day off or leave is listed under [vakter], without clock times.",
    ),
    ("01;Kari", "01;Kåre", ":2:2: ", "expected a person of the scenario's staff; found 'Kåre'"),
    ("02;Ola", "02;Kari", ":3:2: ", "expected each person once"),
    (
        ";aide;50;;;A",
        ";doctor;50;;;A",
        ":4:3: ",
        "expected a competence with open posts: aide; found 'doctor'",
    ),
    (";75;", ";175;", ":2:4: ", "expected a size in percent above 1 and at most 100; found '175'"),
    (";75;", ";much;", ":2:4: ", "found 'much'"),
    (";aide;50;;;A", ";aide;;;;A", ":4:2: ", "expected the size of an open post in percent"),
    (
        "2 Su",
        "2 Su;3 Mo;3 Tu;3 We;3 Th;3 Fr;3 Sa;3 Su",
        ":1:5: ",
        "expected 14 days, as many as the scenario",
    ),
]


@pytest.mark.parametrize(("good", "bad", "place", "message"), FAULTS)
def test_what_is_wrong_in_a_csv_file_is_told_with_line_and_column(
    case: Case, tmp_path: Path, good: str, bad: str, place: str, message: str
) -> None:
    assert good in csv_text(case)
    told = refusal(written(tmp_path, csv_text(case).replace(good, bad, 1)), case)
    assert f"rota.csv{place}" in told
    assert message in told


def saved_by_excel(text: str) -> bytes:
    """Return a CSV file as Excel with Norwegian settings saves it: code page, dates, empty margins."""
    lines = [f"{line};;" for line in text.splitlines()]
    lines[0] = re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3.\2.\1", lines[0])
    return "\r\n".join([*lines, ";" * lines[0].count(";"), "", " ;"]).encode("cp1252") + b"\r\n"


def test_what_norwegian_excel_saved_is_read(tmp_path: Path) -> None:
    case = small_case(horizon__start="2027-03-08", staff__0__name="Kåre")
    path = tmp_path / "rota.csv"
    path.write_bytes(saved_by_excel(csv_text(case)))
    assert b";K\xe5re;" in path.read_bytes()
    assert b";08.03.2027;" in path.read_bytes()
    found = read_rota(path, case.problem)
    assert found.posts == small_rota(case).posts
    assert np.array_equal(found.lines, small_rota(case).lines)
    path.write_bytes(path.read_bytes().replace(b"09.03.2027", b"10.03.2027"))
    assert "expected the date 2027-03-09; found '10.03.2027'" in refusal(path, case)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2027-03-08", dt.date(2027, 3, 8)),
        (" 8.3.27 ", dt.date(2027, 3, 8)),
        ("31.02.2027", None),
        ("2 ma", None),
    ],
)
def test_dates_are_read_in_both_orders(text: str, found: dt.date | None) -> None:
    assert date_of(text) == found


@pytest.mark.parametrize(
    "change",
    [
        ("75;D;", "75;d;"),  # as without a scenario
        ("F2;F1", "fri;F"),
        ("Size %;1 Mo;1 Tu;1 We;1 Th;1 Fr;1 Sa;1 Su;2 Mo;2 Tu;2 We;2 Th;2 Fr;2 Sa;2 Su",
         "Size %;M;T;O;T;F;L;S;M;T;O;T;F;L;S"),
    ],
)  # fmt: skip
def test_a_scenario_reads_what_a_rota_without_one_may_look_like(
    case: Case, tmp_path: Path, change: tuple[str, str]
) -> None:
    text = csv_text(case)
    assert change[0] in text
    found = read_rota(written(tmp_path, text.replace(*change)), case.problem)
    assert np.array_equal(found.lines, small_rota(case).lines)


def test_names_sizes_and_dates_are_enough_where_the_scenario_says_the_rest(tmp_path: Path) -> None:
    case = small_case(horizon__start="2027-03-08")
    dates = ";".join(f"{day:02d}.03" for day in range(8, 22))
    path = written(tmp_path, f"navn;stilling;{dates}\nOla;50;A;A;;;a\nKari;;D;d;;F1\n")
    found = read_written_rota(path, case.problem)
    assert [(post.class_index, post.size) for post in found.rota.posts] == [(1, 5000), (0, 5000)]
    assert found.rota.lines.tolist()[0][:6] == [2, 2, 0, 0, 2, 0]
    assert found.assumed == ("The rota states no size for Kari: the scenario's counts.",)
    first, second = found.notes
    assert (first.line, first.expected) == (2, "expected a field for each of 14 days for Ola")
    assert (second.found, second.line) == ("found 4", 3)


def test_another_competence_than_the_scenario_has_is_told(case: Case, tmp_path: Path) -> None:
    text = csv_text(case).replace("Kari;nurse", "Kari;aide")
    (note,) = read_written_rota(written(tmp_path, text), case.problem).notes
    assert note.expected == "expected the competence of Kari in the scenario, nurse"
    assert (note.found, note.line, note.column) == ("found 'aide'", 2, 3)
    same = csv_text(case).replace("Kari;nurse", "Kari;Nurses")  # its name in words
    assert read_written_rota(written(tmp_path, same), case.problem).notes == ()


def test_codes_of_leave_are_listed_in_the_file_itself(case: Case, tmp_path: Path) -> None:
    text = csv_text(case).replace("75;D;", "75;FE;", 1)
    path = written(tmp_path, f"[vakter]\nkode;fra;til;type\nFE;;;ferie\nD;8;9\n[turnus]\n{text}")
    found = read_written_rota(path, case.problem)
    assert int(found.rota.lines[0, 0]) == 0
    assert found.leave[0] == {0}
    assert found.off_codes[0][0] == "FE"
    assert "the scenario's count" in found.assumed[0]


def test_the_same_mistake_on_many_lines_is_told_once_with_its_count(case: Case, tmp_path: Path) -> None:
    (told,) = refusal(written(tmp_path, csv_text(case).replace(";A", ";A1")), case).splitlines()
    wrong = int((small_rota(case).lines == 2).sum())
    assert ":3:5: " in told
    assert f"found 'A1' here and in {wrong - 1} other places. Did you mean A?" in told
    with using_language("nb"):
        assert "Mente du «A»?" in refusal(written(tmp_path, csv_text(case).replace(";A", ";A1")), case)


def test_a_close_code_is_suggested_and_every_fault_is_told_at_once(case: Case, tmp_path: Path) -> None:
    text = csv_text(case).replace("75;D;D;", "75;DD;AA;", 1)
    told = refusal(written(tmp_path, text), case).splitlines()
    assert len(told) == 2
    assert "Did you mean D?" in told[0]
    assert "Did you mean A?" in told[1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "expected a rota; found none"),
        (b"\xff\xfe\x00", "found bytes that are no text"),
        (b"Post;Person\r\n", "expected a rota; found none"),
        (b"Person;Size;1;2;3;4;5;6;7\r\n", ":1:3: rota: expected headings of the days"),
        (b"PK\x03\x04", "found a spreadsheet file"),
    ],
)
def test_a_file_that_is_no_rota_is_refused(case: Case, tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "rota.csv"
    path.write_bytes(content)
    assert message in refusal(path, case)


def test_a_missing_file_is_refused_with_its_name(case: Case, tmp_path: Path) -> None:
    assert "nowhere.csv: file: expected a readable file" in refusal(tmp_path / "nowhere.csv", case)


Change = Callable[[dict[str, Any]], object]
JSON_FAULTS: list[tuple[Change, str]] = [
    (lambda d: d.pop("posts"), "posts: expected a list of objects"),
    (lambda d: d["assignments"][3].update(code="Q"), "assignments.3.code: expected a shift code"),
    (
        lambda d: d["assignments"][3].update(date_or_day="week 9 monday"),
        "assignments.3.date_or_day: expected a day",
    ),
    (lambda d: d["assignments"].append(d["assignments"][0]), "expected one assignment for each post and day"),
    (lambda d: d["assignments"].pop(0), "posts.0: expected an assignment for every day"),
    (lambda d: d["posts"].pop(), "expected assignments of the posts listed; found post '03'"),
    (lambda d: d["posts"][0].update(size_percent=None), "posts.0.size_percent: expected a size in percent"),
]


@pytest.mark.parametrize(("change", "message"), JSON_FAULTS)
def test_what_is_wrong_in_a_result_is_told_with_its_path(
    case: Case, tmp_path: Path, change: Change, message: str
) -> None:
    document = json.loads(json.dumps(result_document(case, small_outcome(case))))
    change(document)
    assert message in refusal(written(tmp_path, json.dumps(document), "result.json"), case)


@pytest.mark.parametrize("text", ["{", "[]", "null", '{"posts": 3, "assignments": []}', "[" * 100_000])
def test_json_that_is_no_result_is_refused(case: Case, tmp_path: Path, text: str) -> None:
    assert "result.json" in refusal(written(tmp_path, text, "result.json"), case)


def test_a_calendar_plan_is_read_only_under_its_own_dates(tmp_path: Path) -> None:
    case = small_case(horizon__start="2027-01-04")
    text = csv_text(case)
    assert ";2027-01-04;2027-01-05;" in text
    assert len(read_rota(written(tmp_path, text), case.problem).posts) == 3
    told = refusal(written(tmp_path, text.replace("2027-01-05", "2027-01-06")), case)
    assert ":1:6: " in told
    assert "expected the date 2027-01-05; found '2027-01-06'" in told
