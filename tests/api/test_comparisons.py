"""Comparisons over HTTP, of runs whose results lie in the rows already."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.access import LOCAL_TENANT
from api.settings import Settings
from api.store import AccessRecord, Artifact, Database, Revision, Run, Scenario, new_id
from tests.api.keyed import Keyed
from tests.dialogue.test_compare import BETTER, GOALS, stored
from turnus.formats import to_json
from turnus.scenario import load_scenario


def kept(database: Database, folder: Path, *, state: str = "finished", result: bool = True) -> str:
    """Put a stored result of a folder into the rows, and return its run."""
    loaded = load_scenario(folder / "scenario.yaml")
    scenario, run = new_id("scn"), new_id("run")
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    common: dict[str, Any] = {"tenant_id": LOCAL_TENANT, "created_by": "local"}
    with database.writing() as session:
        session.add(Scenario(id=scenario, name=loaded.scenario.name, revision=1, **common))
        session.flush()
        session.add(Revision(scenario_id=scenario, number=1, sha256=loaded.sha256, content=text,
                             media_type="application/yaml", created_by="local"))  # fmt: skip
        session.add(Run(id=run, scenario_id=scenario, revision=1, kind="solve", options={}, language="en",
                        state=state, **common))  # fmt: skip
        session.flush()
        if result:
            session.add(Artifact(run_id=run, name="result.json", media_type="application/json",
                                 content=(folder / "result.json").read_bytes()))  # fmt: skip
    return run


@pytest.fixture
def runs(database: Database, tmp_path: Path) -> list[str]:
    folders = [stored(tmp_path, "today"), stored(tmp_path, "better", lines=BETTER, goals=GOALS)]
    return [kept(database, folder) for folder in folders]


def test_runs_are_compared_as_the_command_does(
    client: TestClient, runs: list[str], database: Database
) -> None:
    answer = client.post("/v1/comparisons", json={"runs": runs})
    found = answer.json()
    assert (answer.status_code, found["schema"]) == (200, "turnus-comparison/1")
    assert [(one["letter"], one["name"], one["source"]) for one in found["alternatives"]] == [
        ("A", "today", runs[0]), ("B", "better", runs[1]),
    ]  # fmt: skip
    assert found["front"] == ["B"]
    assert "Ola" in {one["person"] for one in found["people"]}
    assert found["pairs"] == []
    with database.reading() as session:
        assert [one.subject for one in session.query(AccessRecord)] == runs


def test_with_more_than_two_the_first_is_set_beside_each(
    client: TestClient, runs: list[str], database: Database, tmp_path: Path
) -> None:
    third = kept(database, stored(tmp_path, "third"))
    found = client.post("/v1/comparisons", json={"runs": [*runs, third]}).json()
    assert [pair["letters"] for pair in found["pairs"]] == [["A", "B"], ["A", "C"]]
    assert all(pair["people"] for pair in found["pairs"])
    assert found["front"] == ["B"]


def test_runs_of_the_same_name_are_told_apart(client: TestClient, database: Database, tmp_path: Path) -> None:
    folder = stored(tmp_path, "same")
    runs = [kept(database, folder), kept(database, folder)]
    found = client.post("/v1/comparisons", json={"runs": runs}).json()
    assert all(run in one["name"] for run, one in zip(runs, found["alternatives"], strict=True))
    assert found["front"] == ["A", "B"]


def test_the_page_comes_where_it_is_asked_for(client: TestClient, runs: list[str]) -> None:
    asked = {"Accept": "text/html", "Accept-Language": "nn"}
    page = client.post("/v1/comparisons", json={"runs": runs}, headers=asked)
    assert page.headers["content-type"].startswith("text/html")
    assert '<html lang="nn"' in page.text


def test_what_cannot_be_compared_is_told(
    client: TestClient, runs: list[str], database: Database, tmp_path: Path
) -> None:
    def refused(*asked: str) -> tuple[int, str]:
        answer = client.post("/v1/comparisons", json={"runs": asked})
        return answer.status_code, answer.json()["code"]

    busy = kept(database, stored(tmp_path, "busy"), state="running", result=False)
    other = kept(database, stored(tmp_path, "other"), result=False)
    assert refused(runs[0]) == (422, "request-invalid")
    assert refused(*runs * 4) == (422, "request-invalid")
    assert refused(runs[0], runs[0]) == (422, "request-invalid")
    assert refused(runs[0], "run_0") == (404, "not-found")
    assert refused(runs[0], busy) == (409, "run-unfinished")
    assert refused(runs[0], other) == (422, "not-comparable")


def test_a_result_that_cannot_be_read_is_told(
    client: TestClient, runs: list[str], database: Database
) -> None:
    with database.writing() as session:
        result = session.get_one(Artifact, (runs[0], "result.json"))
        result.content = to_json({**json.loads(result.content), "goals": 1}).encode()
    answer = client.post("/v1/comparisons", json={"runs": runs})
    assert (answer.status_code, answer.json()["where"][0]["path"]) == (422, "goals")


def test_what_was_agreed_with_one_person_is_not_told_to_everybody(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    folders = [stored(tmp_path, "today"), stored(tmp_path, "better", lines=BETTER, goals=GOALS)]
    keyed = Keyed.of(settings, database)
    runs = [kept(database, folder) for folder in folders]
    with database.writing() as session:
        row = session.get_one(Run, runs[1])
        person = load_scenario(folders[0] / "scenario.yaml").scenario.staff[0].name
        row.options = {"set": [f"staff[{person}].arrangement={{no_nights: true}}"]}
    told = {}
    for role in ("planner", "union"):
        client = keyed.client(tenant=LOCAL_TENANT, role=role)
        answer = client.post("/v1/comparisons", json={"runs": runs})
        assert answer.status_code == 200, answer.text
        page = client.post("/v1/comparisons", json={"runs": runs}, headers={"Accept": "text/html"}).text
        told[role] = json.dumps(answer.json()["scenarios"]) + page
    assert "no_nights" in told["planner"]
    assert "individually agreed" in told["union"]
    assert "no_nights" not in told["union"]
