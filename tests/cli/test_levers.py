"""`turnus lever`: the list, one lever, and a file changed by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import FakeSolve, Runner
from turnus.texts import set_language


def test_without_a_name_every_lever_is_listed(turnus: Runner) -> None:
    ran = turnus("lever")
    assert ran.code == 0
    assert {"long-weekend-shifts", "rule-value", "weekend-frequency"} <= set(ran.out.split())
    levers = {one["id"]: one for one in json.loads(turnus("lever", "--json").out)["levers"]}
    shares = {one["name"]: one for one in levers["long-weekend-shifts"]["parameters"]}
    assert (shares["share"]["default"], shares["share"]["values"]) == (100, "0 … 100")
    assert levers["demand-by-day"]["parameters"][0]["required"]
    assert "§ 10-5" in levers["long-weekend-shifts"]["rests_on"]["nb"]


def test_one_lever_is_explained(turnus: Runner) -> None:
    ran = turnus("lever", "minimum-size")
    assert "No post that is open is smaller than this." in ran.out
    assert "§ 14-1" in ran.out


def test_a_pulled_lever_writes_the_file_with_its_comments(turnus: Runner, scenario: Path) -> None:
    before = scenario.read_text(encoding="utf-8")
    ran = turnus("lever", "weekend-frequency", scenario, "--param", "worked=1", "--param", "of=2")
    assert ran.code == 0, ran.err
    assert "weekend_frequency: {worked: 1, of: 2}" in ran.out
    assert [x for x in ran.out.splitlines() if x.startswith("#")] == [
        x for x in before.splitlines() if x.startswith("#")
    ]
    assert "weekend_frequency" in ran.err
    assert "Rests on: Agreement with the representatives" in ran.err
    assert scenario.read_text(encoding="utf-8") == before


def test_the_new_file_is_in_order_and_never_written_over(
    turnus: Runner, scenario: Path, tmp_path: Path
) -> None:
    words = ("lever", "hours-tolerance", scenario, "--param", "under=6 h", "--out", tmp_path / "new.yaml")
    ran = turnus(*words)
    assert (ran.code, ran.out) == (0, "")
    assert turnus("validate", tmp_path / "new.yaml").code == 0
    assert turnus(*words).code == 1
    assert turnus("lever", "hours-tolerance", scenario, "--param", "under=6 h", "--out", scenario).code == 1


def test_a_value_beyond_the_agreements_is_marked_a_draft(turnus: Runner, scenario: Path) -> None:
    values = ("rule=max_hours_per_shift", "parameter=longest", "value=14 h")
    ran = turnus("lever", "rule-value", scenario, "--json", *(w for v in values for w in ("--param", v)))
    assert ran.code == 0, ran.err
    document = json.loads(ran.out)
    assert document["draft"][0]["levels"][0] == "central"
    assert [one["path"] for one in document["changes"]] == ["rules.set.max_hours_per_shift"]
    assert document["before"]["sha256"] != document["after"]["sha256"]
    assert "14 h" in document["scenario"]
    assert document["effect"] is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nonsense",), "expected the id of a lever"),
        (("minimum-size", "FILE", "--param", "size"), "expected NAME=VALUE"),
        (("minimum-size", "FILE", "--param", "novel=1"), "parameters size"),
        (("minimum-size", "--param", "size=3"), "pulled on a file"),
        (("surplus", "FILE", "--param", "most=-1"), "most"),
        (("minimum-size", "missing.yaml"), "no such file"),
    ],
)
def test_what_is_wrong_is_said_without_a_traceback(
    turnus: Runner, scenario: Path, words: tuple[str, ...], told: str
) -> None:
    ran = turnus("lever", *(scenario if word == "FILE" else word for word in words))
    assert ran.code == 1
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_the_effect_is_shown_for_each_person_and_for_the_unit(
    turnus: Runner, scenario: Path, solver: FakeSolve
) -> None:
    ran = turnus("lever", "hours-tolerance", scenario, "--param", "under=6 h", "--effect")
    assert ran.code == 0, ran.err
    assert "Full-time posts" in ran.out
    assert "before" in ran.out
    assert solver.options is not None


def test_nothing_english_is_left_in_norwegian(turnus: Runner, scenario: Path) -> None:
    set_language("nb")
    ran = turnus("lever", "weekend-frequency", scenario, "--param", "of=2")
    assert "Bygger på: Avtale med de tillitsvalgte" in ran.err
