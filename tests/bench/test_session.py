"""Benchmark runs: never made twice, whatever came between; several at a time; and what is missing is told."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.bench.small import DATA
from turnus.bench import session as module
from turnus.bench.families import FAMILIES, Family
from turnus.bench.run import Run, Terms
from turnus.bench.session import SCHEMA, Session, data_folder, records, session
from turnus.errors import InputError

TERMS = Terms(5.0, 1, 1)


def begun(out: Path | None, names: list[str] | None = None, terms: Terms = TERMS, jobs: int = 1) -> Session:
    return session("rws" if names is None else "curtois", DATA, names or [], terms, jobs, out)


def test_a_record_says_what_ran_where_and_what_came_of_it(tmp_path: Path) -> None:
    out = tmp_path / "new" / "runs.jsonl"
    ((record, fresh),) = records(session("curtois", DATA, ["Tiny1"], TERMS, 1, out))
    assert fresh
    assert json.loads(out.read_text(encoding="utf-8")) == record
    expected = {
        "schema": SCHEMA, "set": "curtois", "instance": "Tiny1", "seed": 1, "threads": 1,
        "time_limit_seconds": 5.0,
        "status": "optimal", "best": 21.0, "bound": 21.0, "gap_percent": 0.0, "verdict": "kept",
    }  # fmt: skip
    assert {name: record[name] for name in expected} == expected
    assert set(record["versions"]) == {"python", "turnus", "numpy", "numba", "highspy", "ortools"}
    assert {"date", "host", "cpus", "load", "first", "goals", "sha256"} <= set(record)
    assert 0 <= record["seconds_to_first"] <= record["seconds_to_best"] <= record["seconds_to_proof"] <= 5.0


def test_what_is_in_the_file_is_not_run_again(tmp_path: Path) -> None:
    out = tmp_path / "runs.jsonl"
    ((first, _),) = records(begun(out))
    ((second, fresh),) = records(begun(out))
    assert (second, fresh) == (first, False)
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize("terms", [Terms(5.0, 2, 1), Terms(4.0, 1, 1), Terms(5.0, 1, 2)])
def test_other_terms_are_another_run(tmp_path: Path, terms: Terms) -> None:
    out = tmp_path / "runs.jsonl"
    list(records(begun(out)))
    ((_, fresh),) = records(begun(out, terms=terms))
    assert fresh
    assert [fresh for _, fresh in records(begun(out))] == [False]
    assert [fresh for _, fresh in records(begun(out, terms=terms))] == [False]


def test_another_file_of_the_same_name_or_another_version_is_another_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, data = tmp_path / "runs.jsonl", tmp_path / "data"
    shutil.copytree(DATA / "rws", data / "rws")
    list(records(session("rws", data, [], TERMS, 1, out)))
    with (data / "rws" / "Tiny1.txt").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert [fresh for _, fresh in records(session("rws", data, [], TERMS, 1, out))] == [True]
    monkeypatch.setattr(module, "version", lambda name: "0.0" if name == "turnus" else "1")
    assert [fresh for _, fresh in records(session("rws", data, [], TERMS, 1, out))] == [True]


@pytest.mark.parametrize("torn", [b'{"schema": "turnus-bench/1", "se', "{“".encode()[:-1], b"[1]", b"null"])
def test_a_last_line_that_a_crash_tore_is_left_out_and_closed(tmp_path: Path, torn: bytes) -> None:
    out = tmp_path / "runs.jsonl"
    list(records(begun(out)))
    whole = out.read_bytes()
    out.write_bytes(whole + torn)
    assert [fresh for _, fresh in records(begun(out))] == [False]
    assert [fresh for _, fresh in records(begun(out, terms=Terms(5.0, 2, 1)))] == [True]
    lines = out.read_bytes().split(b"\n")
    assert lines[0] + b"\n" == whole
    assert lines[1] == torn
    assert json.loads(lines[2])["seed"] == 2
    assert lines[3:] == [b""]
    assert [fresh for _, fresh in records(begun(out, terms=Terms(5.0, 2, 1)))] == [False]


def test_a_run_whose_record_is_torn_is_made_again(tmp_path: Path) -> None:
    out = tmp_path / "runs.jsonl"
    list(records(begun(out)))
    out.write_bytes(out.read_bytes()[:-20])
    assert [fresh for _, fresh in records(begun(out))] == [True]
    assert [fresh for _, fresh in records(begun(out))] == [False]


def test_records_of_something_else_do_not_disturb(tmp_path: Path) -> None:
    out = tmp_path / "runs.jsonl"
    out.write_text('{"schema": "other", "versions": null, "seed": []}\n{}\n', encoding="utf-8")
    assert [fresh for _, fresh in records(begun(out))] == [True]
    assert [fresh for _, fresh in records(begun(out))] == [False]


def test_without_a_file_nothing_is_remembered() -> None:
    assert [fresh for _, fresh in records(begun(None))] == [True]
    assert [fresh for _, fresh in records(begun(None))] == [True]


def test_several_at_a_time_give_the_same_figures(tmp_path: Path) -> None:
    # Two processes of their own; the instance that is in the file already comes first.
    data, out = tmp_path / "data", tmp_path / "runs.jsonl"
    (data / "curtois").mkdir(parents=True)
    for name in ("A", "B", "C"):
        shutil.copy(DATA / "curtois" / "Tiny1.txt", data / "curtois" / f"{name}.txt")
    list(records(session("curtois", data, ["C"], TERMS, 1, out)))
    found = list(records(session("curtois", data, [], TERMS, 2, out)))
    assert (found[0][0]["instance"], found[0][1]) == ("C", False)
    assert {(record["instance"], record["best"], fresh) for record, fresh in found[1:]} == {
        ("A", 21.0, True), ("B", 21.0, True),
    }  # fmt: skip
    written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert written == [record for record, _ in found]
    assert [fresh for _, fresh in records(session("curtois", data, [], TERMS, 2, out))] == [False] * 3


def test_what_is_told_on_the_way_names_the_instance() -> None:
    told: list[tuple[str, str, float | None, float | None]] = []
    list(records(session("curtois", DATA, ["Tiny1"], TERMS, 1, None), lambda *news: told.append(news)))
    assert {name for name, *_ in told} == {"Tiny1"}
    assert told[-1][2:] == (21.0, 21.0)


def refused(family: str, data: Path, asked: list[str]) -> str:
    with pytest.raises(InputError) as caught:
        session(family, data, asked, TERMS, 1, None)
    return str(caught.value)


def test_an_unknown_instance_is_refused_with_the_folder_and_what_is_there() -> None:
    text = refused("curtois", DATA, ["Tiny1", "Tiny3", "Tiny4"])
    assert text.startswith(
        f"{DATA / 'curtois'}: --instances: expected instances of the set curtois: Tiny1, Tiny2; "
        "found Tiny3, Tiny4. "
    )
    assert (
        "published at schedulingbenchmarks.org; TURNUS_BENCH_DATA names the folder above `curtois`." in text
    )


@pytest.mark.parametrize(
    "name", ["n003w1", "n003w1_0", "n003w1_0_", "n003w1_0_0_0", "n003w1_x_0", "n003w1_0_9", ""]
)
def test_names_that_are_no_combination_are_refused(name: str) -> None:
    assert "--instances: expected instances of the set inrc2: –; found " in refused("inrc2", DATA, [name])


def test_a_combination_that_is_not_published_runs_as_well() -> None:
    ((record, _),) = records(session("inrc2", DATA, ["n003w1_0_0"], TERMS, 1, None))
    assert (record["instance"], record["best"], record["verdict"]) == ("n003w1_0_0", 90.0, "kept")


def test_a_folder_without_instances_is_refused(tmp_path: Path) -> None:
    for data in (tmp_path, tmp_path / "none"):
        text = refused("rws", data, [])
        assert text.startswith(
            f"{data / 'rws'}: file: expected instances of the set rws: –; found none in the folder."
        )


def test_a_mistake_in_any_instance_is_told_before_the_first_is_run(tmp_path: Path) -> None:
    folder = tmp_path / "rws"
    folder.mkdir()
    shutil.copy(DATA / "rws" / "Tiny1.txt", folder / "A.txt")
    (folder / "B.txt").write_text("7\nmany\n", encoding="utf-8")
    assert refused("rws", tmp_path, []).startswith(
        f"{folder / 'B.txt'}:2:1: line: expected a whole number for "
    )


def figures(run: Run, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    family = Family("rws", "", "", lambda _: ["A"], lambda _f, _n: [], lambda _f, _n: None, lambda *_: run)
    monkeypatch.setitem(FAMILIES, "rws", family)
    ((record, _),) = records(session("rws", DATA, ["A"], TERMS, 1, None))
    return record


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (Run(), {"status": "unknown", "best": None, "bound": None, "gap_percent": None, "verdict": None}),
        (Run(bound=4.0), {"best": None, "bound": 4.0, "gap_percent": None, "first": None}),
        (Run("infeasible"), {"status": "infeasible", "best": None, "gap_percent": None, "verdict": None}),
        (
            Run("feasible", 200.0, 150.0, 1.23456, None, [(0.5, 300.0), (0.75, 200.0)]),
            # (200 - 150) / 200
            {
                "gap_percent": 25.0, "first": 300.0, "seconds_to_first": 0.5, "seconds_to_best": 0.75,
                "seconds": 1.235,
            },
        ),
        (Run("feasible", 0.5, 0.25), {"gap_percent": 25.0}),  # below a cost of 1, of 1
        (Run("optimal", 200.0, 200.0), {"gap_percent": 0.0, "verdict": "kept"}),
        (Run("optimal", 200.0, 200.0000001), {"gap_percent": 0.0}),
        (
            Run("broken", 30.0, 1000.0, broken=tuple("abcdef")),
            {"status": "broken", "best": 30.0, "gap_percent": None, "verdict": "a; b; c; d; e"},
        ),
    ],
)  # fmt: skip
def test_figures(run: Run, expected: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    record = figures(run, monkeypatch)
    assert {name: record[name] for name in expected} == expected


def test_the_folder_is_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TURNUS_BENCH_DATA", raising=False)
    assert data_folder() is None
    monkeypatch.setenv("TURNUS_BENCH_DATA", "")
    assert data_folder() is None
    monkeypatch.setenv("TURNUS_BENCH_DATA", "/somewhere")
    assert data_folder() == Path("/somewhere")
