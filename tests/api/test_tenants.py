"""Nobody sees, or learns anything of, what belongs to another municipality or another unit."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.access import Reader
from api.resources.common import Served
from api.resources.run_documents import owned_run
from api.settings import Settings
from api.store import Artifact, Database, Event, Key, Run, Scenario, new_id, now
from tests.api.keyed import Keyed
from tests.api.test_scenarios import TEXT, YAML
from tests.api.walk import Theirs, complaints, open_to_nobody, undocumented

SECRET = "Hemmeligheten"
THEIRS = TEXT.replace("name: ", f"name: {SECRET} ", 1)


@pytest.fixture
def keyed(settings: Settings, database: Database) -> Keyed:
    return Keyed.of(settings, database)


@pytest.fixture
def theirs(keyed: Keyed) -> Theirs:
    """What the unit `nord` of Bergen has: a scenario, a finished run with a file and an event, a key."""
    client = keyed.client("bergen", name=SECRET, role="admin")
    made = client.post("/v1/scenarios?unit=nord", content=THEIRS, headers=YAML).json()
    run, other = runs_of(keyed, made["id"], "bergen", "nord")
    with keyed.database.writing() as session:
        session.add(Event(run_id=run, kind="state", data={"state": SECRET}))
        key = session.scalars(select(Key.id)).one()
    assert f"{SECRET} " in client.get(f"/v1/scenarios/{made['id']}/content").text
    assert client.get(f"/v1/runs/{run}/result").status_code == 200
    ids = {
        "scenario_id": made["id"], "scenario": made["id"], "run_id": run, "parent": run, "key_id": key,
        "name": "result.json", "number": 1, "revision": 1, "before": 1, "after": 1, "subject": made["id"],
        "profile": "ks-lokal", "person": SECRET, "unit": "nord",
    }  # fmt: skip
    bodies = {
        "createScenario": TEXT,
        "replaceScenario": TEXT,
        "submitRun": {"scenario": made["id"]},
        "auditRota": {"scenario_id": made["id"], "rota": "[turnus]\nnavn;ma\nKari;D\n"},
        "compareRuns": {"runs": [run, other]},
        "exportPerson": {"name": SECRET},
        "erasePerson": {"name": SECRET},
        "createKey": {"name": "Ola", "role": "union"},
    }
    headers = {"replaceScenario": {"If-Match": "*"}}
    return Theirs(ids, bodies, (SECRET, made["id"], run, other, key), headers)


def runs_of(keyed: Keyed, scenario: str, tenant: str, unit: str) -> list[str]:
    """Keep two finished runs of a scenario, each with a result."""
    made = [new_id("run"), new_id("run")]
    with keyed.database.writing() as session:
        session.add_all(
            Run(
                id=one, tenant_id=tenant, unit=unit, scenario_id=scenario, revision=1, kind="solve",
                options={}, language="nb", state="finished", created_by="x", finished_at=now(),
                summary=SECRET, title=SECRET,
            )
            for one in made
        )  # fmt: skip
        session.flush()
        session.add_all(
            Artifact(run_id=one, name="result.json", media_type="application/json", content=b"{}")
            for one in made
        )
    return made


def among_own(keyed: Keyed, client: TestClient, theirs: Theirs, tenant: str, unit: str) -> Theirs:
    """Return the same with what the one who asks has of the same kind."""
    made = client.post(f"/v1/scenarios?unit={unit}", content=TEXT, headers=YAML).json()["id"]
    own = runs_of(keyed, made, tenant, unit)
    for one in own:
        assert client.get(f"/v1/runs/{one}").status_code == 200
    with keyed.database.writing() as session:
        for run in session.scalars(select(Run).where(Run.id.in_(own))):
            run.title = run.summary = ""
    return replace(theirs, own=dict(zip(theirs.bodies["compareRuns"]["runs"], own, strict=True)))


def test_another_municipality_sees_nothing(keyed: Keyed, theirs: Theirs) -> None:
    with keyed.client("oslo", role="admin") as stranger:
        asked = among_own(keyed, stranger, theirs, "oslo", "nord")
        assert list(complaints(keyed.app, stranger.request, asked)) == []


def test_another_unit_sees_nothing(keyed: Keyed, theirs: Theirs) -> None:
    with keyed.client("bergen", role="admin", unit="sor") as neighbour:
        asked = among_own(keyed, neighbour, theirs, "bergen", "sor")
        assert list(complaints(keyed.app, neighbour.request, asked)) == []


def test_nobody_gets_an_answer_without_a_key(keyed: Keyed, theirs: Theirs) -> None:
    with keyed.with_text(None) as nobody:
        assert list(open_to_nobody(keyed.app, nobody.request, theirs)) == []


def test_what_strangers_asked_has_changed_nothing(keyed: Keyed, theirs: Theirs) -> None:
    with keyed.client("oslo", role="admin") as stranger:
        list(complaints(keyed.app, stranger.request, theirs))
    with keyed.database.reading() as session:
        assert session.get_one(Scenario, theirs.ids["scenario_id"]).revision == 1
        assert session.get_one(Run, theirs.ids["run_id"]).state == "finished"
        assert session.get_one(Key, theirs.ids["key_id"]).revoked_at is None


def leaky_list(app: FastAPI) -> None:
    @app.get("/v1/leak", operation_id="leak")
    def leak(served: Served, caller: Reader) -> list[str]:
        del caller
        with served.database.reading() as session:
            return [row.name for row in session.scalars(select(Scenario))]


def leaky_one(app: FastAPI) -> None:
    @app.get("/v1/leak/{scenario_id}", operation_id="leak")
    def leak(scenario_id: str, served: Served, caller: Reader) -> str:
        del caller
        with served.database.reading() as session:
            return session.get_one(Scenario, scenario_id).unit


def unknown_parameter(app: FastAPI) -> None:
    @app.get("/v1/leak/{other}", operation_id="leak")
    def leak(other: str, caller: Reader) -> None:
        del other, caller


def unknown_body(app: FastAPI) -> None:
    @app.post("/v1/leak", operation_id="leak")
    def leak(other: dict[str, Any], caller: Reader) -> None:
        del other, caller


def own_first(app: FastAPI) -> None:
    @app.post("/v1/leak", operation_id="leak")
    def leak(asked: dict[str, list[str]], served: Served, caller: Reader) -> int:
        with served.database.reading() as session:
            owned_run(session, caller, asked["runs"][0])
            return len([session.get_one(Run, one) for one in asked["runs"]])


def unit_instead(app: FastAPI) -> None:
    @app.get("/v1/leak", operation_id="leak")
    def leak(served: Served, caller: Reader, unit: str | None = None) -> list[str]:
        query = select(Scenario.name).where(Scenario.tenant_id == caller.tenant)
        with served.database.reading() as session:
            return list(session.scalars(query.where(Scenario.unit == (unit or caller.unit))))


def undocumented_route(app: FastAPI) -> None:
    @app.get("/v1/leak", include_in_schema=False)
    def leak() -> None:
        pass


@pytest.mark.parametrize(
    ("plant", "told"),
    [
        (leaky_list, "leak: shows ['Hemmeligheten'"),
        (leaky_one, "leak: 200 instead of 404"),
        (unknown_parameter, "leak: fill 'other'"),
        (unknown_body, "leak: fill 'leak'"),
        (undocumented_route, "/v1/leak: not in the OpenAPI document"),
    ],
)
def test_a_new_route_that_forgets_to_check_is_told(
    keyed: Keyed, theirs: Theirs, plant: Callable[[FastAPI], None], told: str
) -> None:
    plant(keyed.app)
    with keyed.client("oslo", role="admin") as stranger:
        found = list(complaints(keyed.app, stranger.request, theirs))
    assert [line[: len(told)] for line in found] == [told]


@pytest.mark.parametrize(
    ("plant", "told"),
    [
        (own_first, "leak: 200 instead of 404"),
        (unit_instead, "leak: shows ['Hemmeligheten'"),
    ],
)
def test_a_new_route_that_checks_only_a_part_is_told(
    keyed: Keyed, theirs: Theirs, plant: Callable[[FastAPI], None], told: str
) -> None:
    plant(keyed.app)
    with keyed.client("bergen", role="admin", unit="sor") as neighbour:
        asked = among_own(keyed, neighbour, theirs, "bergen", "sor")
        asked = replace(asked, bodies={**asked.bodies, "leak": asked.bodies["compareRuns"]})
        found = list(complaints(keyed.app, neighbour.request, asked))
    assert [line[: len(told)] for line in found] == [told]


def test_a_new_route_that_asks_for_no_key_is_told(keyed: Keyed, theirs: Theirs) -> None:
    @keyed.app.get("/v1/leak", operation_id="leak")
    def leak() -> None:
        pass

    with TestClient(keyed.app) as nobody:
        assert list(open_to_nobody(keyed.app, nobody.request, theirs)) == ["leak: 200 instead of 401"]
    assert list(undocumented(keyed.app)) == []
