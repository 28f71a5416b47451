"""`turnus bench`: figures of public instances, one line each."""

import itertools
import json
import shutil
from pathlib import Path
from typing import get_args

import pytest

from tests.cli.conftest import Runner
from tests.test_texts import english_left
from turnus.bench import ward_run
from turnus.bench.families import FAMILIES
from turnus.cli.bench import PHASES, QUIET_SECONDS, News
from turnus.rota.least_cost import Phase
from turnus.texts import using_language

DATA = Path(__file__).resolve().parents[1] / "bench" / "data"


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TURNUS_BENCH_DATA", str(DATA))
    return DATA


def test_every_phase_of_the_search_has_a_word() -> None:
    assert set(get_args(Phase)) <= set(PHASES)


def test_a_line_is_said_when_it_is_new_or_after_a_while() -> None:
    news = News()
    said = [
        news.worth_saying(*one)
        for one in (
            ("a", "first", 100.0),
            ("a", "first", 101.0),
            ("b", "first", 101.0),
            ("a", "bound", 102.0),
            ("a", "bound", 102.0 + QUIET_SECONDS - 0.1),
            ("a", "bound", 102.0 + QUIET_SECONDS),
            ("a", "bound", 103.0 + QUIET_SECONDS),
        )
    ]
    assert said == [True, False, True, True, False, True, False]


@pytest.mark.usefixtures("data")
def test_a_line_of_figures(turnus: Runner) -> None:
    found = turnus("bench", "curtois", "--instances", "Tiny1")
    assert found.code == 0
    (line,) = found.out.splitlines()
    name, *figures, best, proven = line.split("  ")
    assert [name, *figures] == ["Tiny1:", "cost 21", "bound 21", "gap 0 %"]
    assert best.startswith("best after ")
    assert proven.startswith("proven after ")
    told = found.err.splitlines()
    assert "Tiny1  line by line  –  ≥ –" in told
    assert all(line != after for line, after in itertools.pairwise(told)), "only news is told"


@pytest.mark.usefixtures("data")
def test_all_instances_of_the_folder(turnus: Runner) -> None:
    found = turnus("bench", "rws")
    assert found.code == 0
    assert [line.split(":")[0] for line in found.out.splitlines()] == ["Tiny1"]


@pytest.mark.usefixtures("data")
def test_names_are_taken_with_spaces_and_each_once(turnus: Runner) -> None:
    found = turnus("bench", "inrc2", "--instances", " n003w1_0_0, ,n002w2_0_1-0,n003w1_0_0")
    assert [line.split(":")[0] for line in found.out.splitlines()] == ["n003w1_0_0", "n002w2_0_1-0"]


@pytest.mark.usefixtures("data")
def test_a_run_of_before_is_shown_from_the_file(turnus: Runner, tmp_path: Path) -> None:
    out = tmp_path / "runs.jsonl"
    words = ("bench", "curtois", "--instances", "Tiny1", "--out", out)
    first = turnus(*words).out
    again = turnus(*words)
    assert again.out == first.rstrip("\n") + "  (run before)\n"
    assert again.err == ""
    assert "(run before)" not in turnus(*words, "--seed", 2).out
    assert [json.loads(line)["seed"] for line in out.read_text(encoding="utf-8").splitlines()] == [1, 2]


@pytest.mark.usefixtures("data")
def test_json_gives_one_document_on_each_line(turnus: Runner, tmp_path: Path) -> None:
    out = tmp_path / "runs.jsonl"
    found = turnus("bench", "inrc2", "--instances", "n003w1_0_0,n002w2_0_0-1", "--json", "--out", out)
    documents = [json.loads(line) for line in found.out.splitlines()]
    assert [(one["instance"], one["best"]) for one in documents] == [
        ("n003w1_0_0", 90.0),
        ("n002w2_0_0-1", 90.0),
    ]
    assert found.out == out.read_text(encoding="utf-8")


def test_several_jobs(turnus: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TURNUS_BENCH_DATA", str(tmp_path))
    (tmp_path / "rws").mkdir()
    for name in ("A", "B"):
        shutil.copy(DATA / "rws" / "Tiny1.txt", tmp_path / "rws" / f"{name}.txt")
    found = turnus("bench", "rws", "--jobs", 2, "--json")
    assert found.code == 0
    assert {json.loads(line)["instance"] for line in found.out.splitlines()} == {"A", "B"}


@pytest.mark.parametrize("value", [None, ""])
def test_without_data_it_is_skipped_with_the_reason(
    turnus: Runner, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("TURNUS_BENCH_DATA", raising=False)
    if value is not None:
        monkeypatch.setenv("TURNUS_BENCH_DATA", value)
    for family, where in (
        ("curtois", "schedulingbenchmarks.org"),
        ("rws", "dbai.tuwien.ac.at"),
        ("inrc2", "mobiz"),
    ):
        for more in ((), ("--json",)):
            found = turnus("bench", family, *more)
            assert (found.code, found.out) == (0, "")
            assert found.err.startswith(
                "Skipped: TURNUS_BENCH_DATA is not set. The set is published at " + where
            )
            assert found.err.endswith(f"put it into a folder `{family}`.\n")


def test_an_unknown_set_is_refused(turnus: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TURNUS_BENCH_DATA", raising=False)
    found = turnus("bench", "ward")
    assert (found.code, found.out) == (1, "")
    expected = "SET: expected one of curtois, rws, inrc2, wards; found 'ward'. Choose one of the list.\n"
    assert found.err == expected


def test_the_own_set_needs_no_folder(turnus: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TURNUS_BENCH_DATA", raising=False)
    monkeypatch.setattr(
        ward_run, "run_ward", ward_run.solved
    )  # without a process of its own, which takes 1 s
    out = tmp_path / "runs.jsonl"
    words = ("bench", "wards", "--instances", "20x4", "--effort", 300, "--out", out)
    first = turnus(*words)
    assert first.code == 0
    assert first.out.startswith("20x4:  Uncovered demand 0 h (bound 0 h)  Full-time posts 17 (bound 17)  ")
    assert "20x4  Full-time posts 17 (bound 17)" in first.err.splitlines()
    assert turnus(*words).out.endswith("(run before)\n")
    assert not turnus(*words, "--again").out.endswith("(run before)\n")
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(one["effort"], one["time_limit_seconds"], one["verdict"]) for one in records] == [
        (300, None, "kept"), (300, None, "kept"),
    ]  # fmt: skip


def test_an_unknown_ward_is_refused_with_what_is_there(turnus: Runner) -> None:
    found = turnus("bench", "wards", "--instances", "ward-9")
    assert found.code == 1
    assert "expected instances of the set wards: base-14+4h, " in found.err
    assert "`60x12` is the ward for 60 people over 12 weeks." in found.err


@pytest.mark.usefixtures("data")
def test_an_unknown_instance_is_refused(turnus: Runner) -> None:
    found = turnus("bench", "curtois", "--instances", "Tiny1,Other", "--json")
    assert found.code == 1
    assert found.err.startswith(
        f"{DATA / 'curtois'}: --instances: expected instances of the set curtois: Tiny1, Tiny2; "
    )
    document = json.loads(found.out)
    assert (document["error"], document["source"]) == ("bad_input", str(DATA / "curtois"))
    assert document["findings"][0]["found"] == "found Other"


def test_a_wrong_file_is_refused_with_its_line(
    turnus: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TURNUS_BENCH_DATA", str(tmp_path))
    (tmp_path / "rws").mkdir()
    path = tmp_path / "rws" / "A.txt"
    path.write_text("7\n# employees\nmany\n", encoding="utf-8")
    found = turnus("bench", "rws")
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith(
        f"{path}:3:1: line: expected a whole number for the number of employees; found 'many'."
    )


@pytest.mark.parametrize(
    "words", [("--time", 0), ("--jobs", 0), ("--workers", 0), ("--seed", -1), ("--time", "x"), ()]
)
def test_wrong_options_are_refused(turnus: Runner, words: tuple[object, ...]) -> None:
    assert turnus("bench", *(("rws", *words) if words else ())).code == 1


@pytest.mark.usefixtures("data")
def test_what_was_not_found_is_a_dash(
    turnus: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two people on days of one employee: no line meets it.
    text = (DATA / "rws" / "Tiny1.txt").read_text(encoding="utf-8").replace("2 1 1 1 0 1 1", "4 1 1 1 0 1 1")
    (tmp_path / "rws").mkdir()
    (tmp_path / "rws" / "A.txt").write_text(text, encoding="utf-8")
    monkeypatch.setenv("TURNUS_BENCH_DATA", str(tmp_path))
    found = turnus("bench", "rws")
    assert found.code == 0
    assert found.out == "A:  cost –  bound –  gap – %  best after – s  proven impossible\n"


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_english_is_left(
    turnus: Runner, language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TURNUS_BENCH_DATA", raising=False)
    with using_language(language):
        shown = turnus("bench", "--help").out
        shown += turnus("bench", "rws").err + turnus("bench", "other").err
        monkeypatch.setenv("TURNUS_BENCH_DATA", str(DATA))
        shown += turnus("bench", "inrc2").err
        for found in (turnus("bench", "rws"), turnus("bench", "curtois", "--instances", "Tiny1")):
            shown += found.out + found.err
        monkeypatch.setenv("TURNUS_BENCH_DATA", str(tmp_path))
        (tmp_path / "rws").mkdir()
        for text in ("7", "7\n1\nx", "7\n1\n1\n1 1", "7\n1\n1\n1 1 1 1 1 1 1\nD 0", "5", "7\n0\n0"):
            (tmp_path / "rws" / "A.txt").write_text(text, encoding="utf-8")
            shown += turnus("bench", "rws").err
    assert english_left(shown.replace(str(tmp_path), "")) == []


def test_every_set_is_listed_in_the_help(turnus: Runner) -> None:
    shown = turnus("bench", "--help").out
    assert all(family in shown for family in FAMILIES)
