"""Rotas of runs: written for each instance, begun with again, never worse, refused when of another."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.bench.small import DATA
from turnus.bench.records import Record
from turnus.bench.run import Terms
from turnus.bench.session import records, session
from turnus.errors import InputError

TERMS = Terms(None, 1, 1, effort=20)


def ran(name: str, terms: Terms = TERMS, *, family: str = "curtois", **where: Path | None) -> Record:
    ((record, fresh),) = records(session(family, DATA, [name], terms, 1, **where))  # type: ignore[arg-type]
    assert fresh
    return record


def changed(path: Path, **values: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}), encoding="utf-8")


@pytest.mark.parametrize(("family", "name"), [("curtois", "Tiny1"), ("inrc2", "n003w1_0_0")])
def test_a_run_begins_with_the_rota_of_the_run_before(family: str, name: str, tmp_path: Path) -> None:
    first = ran(name, family=family, out=None, rotas=tmp_path)
    path = tmp_path / f"{name}.rota.json"
    assert json.loads(path.read_text())["cost"] == first["best"]
    for start in (path, tmp_path):
        again = ran(name, family=family, out=None, start=start)
        assert again["first"] == first["best"]
        assert again["best"] <= first["best"]
        assert again["verdict"] == "kept"
        assert again["start"] is not None
    assert first["start"] is None


def test_a_run_cancelled_at_once_still_has_the_rota_it_began_with(tmp_path: Path) -> None:
    first = ran("Tiny2", out=None, rotas=tmp_path)
    again = ran("Tiny2", Terms(0.5, 1, 1, effort=1), out=None, start=tmp_path)
    assert again["best"] <= first["best"]


def test_a_worse_rota_does_not_replace_a_better_one(tmp_path: Path) -> None:
    ran("Tiny1", out=None, rotas=tmp_path)
    path = tmp_path / "Tiny1.rota.json"
    changed(path, cost=1)
    before = path.read_bytes()
    ran("Tiny1", out=None, rotas=tmp_path)
    assert path.read_bytes() == before
    changed(path, sha256="another", cost=0)
    ran("Tiny1", out=None, rotas=tmp_path)
    assert json.loads(path.read_text())["cost"] == 21.0


def test_a_run_that_begins_with_a_rota_is_another_run(tmp_path: Path) -> None:
    out = tmp_path / "runs.jsonl"
    ran("Tiny1", out=out, rotas=tmp_path)
    ran("Tiny1", out=out, start=tmp_path)
    ((_, fresh),) = records(session("curtois", DATA, ["Tiny1"], TERMS, 1, out, start=tmp_path))
    assert not fresh


def test_an_instance_without_a_rota_in_the_folder_begins_with_nothing(tmp_path: Path) -> None:
    assert ran("Tiny1", out=None, start=tmp_path)["start"] is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"schema": "turnus-result/1"}, "--rotas"),
        ({"instance": "Tiny2"}, "a rota of Tiny1"),
        ({"sha256": "0"}, "a rota of Tiny1"),
        ({"rota": ["D"]}, "codes by person"),
        ({"rota": {"nobody": "-"}}, "a line for each of"),
    ],
)
def test_what_is_no_rota_of_the_instance_is_refused(
    values: dict[str, object], expected: str, tmp_path: Path
) -> None:
    ran("Tiny1", out=None, rotas=tmp_path)
    path = tmp_path / "Tiny1.rota.json"
    changed(path, **values)
    with pytest.raises(InputError, match=expected):
        ran("Tiny1", out=None, start=path)


def test_codes_and_hard_rules_are_looked_at_before_the_search(tmp_path: Path) -> None:
    ran("Tiny1", out=None, rotas=tmp_path)
    path = tmp_path / "Tiny1.rota.json"
    rota = json.loads(path.read_text())["rota"]
    person, codes = next(iter(rota.items()))
    changed(path, rota={**rota, person: codes + " -"})
    with pytest.raises(InputError, match=r"expected \d+ codes"):
        ran("Tiny1", out=None, start=path)
    worked = next(code for code in codes.split() if code != "-")
    changed(path, rota={**rota, person: " ".join([worked] * len(codes.split()))})
    with pytest.raises(InputError, match="keeps the hard rules of Tiny1"):
        ran("Tiny1", out=None, start=path)


def test_a_set_without_people_of_its_own_cannot_begin_with_a_rota(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="curtois, inrc2"):
        session("rws", DATA, [], TERMS, 1, None, start=tmp_path)


def test_a_file_that_is_not_there_or_no_json_is_refused(tmp_path: Path) -> None:
    for name, content in (("missing", None), ("torn", '{"schema": ')):
        if content is not None:
            (tmp_path / name).write_text(content)
        with pytest.raises(InputError, match="JSON"):
            ran("Tiny1", out=None, start=tmp_path / name)


def test_several_at_a_time_begin_each_with_its_own(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "curtois").mkdir(parents=True)
    for name in ("A", "B"):
        shutil.copy(DATA / "curtois" / "Tiny1.txt", data / "curtois" / f"{name}.txt")
    list(records(session("curtois", data, [], TERMS, 1, None, rotas=tmp_path)))
    found = records(session("curtois", data, [], TERMS, 2, None, start=tmp_path))
    assert [record["first"] for record, _ in found] == [21.0, 21.0]
