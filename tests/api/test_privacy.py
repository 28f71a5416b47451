"""What is personal: names that are never kept, and what only those may read who need to."""

import logging

import pytest
from fastapi.testclient import TestClient

from api.access import ROLES, Caller
from api.access.privacy import shown_options
from api.settings import Settings
from api.store import Database, Revision
from tests.api.keyed import Keyed
from tests.api.test_scenarios import YAML
from turnus import using_language

TEXT = """\
# Kari ønsker færre netter.
turnus: 1
name: Lia, laget av Kari Nordmann
horizon: {weeks: 2}
hours: {under: "12 h"}
shifts:
  - {code: D, name: Dag, from: "07:30", to: "15:00"}
demand:
  - {block: Dag, from: "07:30", to: "15:00", need: 1}
staff:
  - name: Kari Nordmann
    competence: staff
    size: 50
    arrangement:
      weekend_exempt: true   # ryggplager
  - {name: Ola Dahl, competence: staff, size: 60}
rules:
  set:
    pairs_apart: {pairs: [[Kari Nordmann, Ola Dahl]]}
"""


@pytest.fixture
def keyed(settings: Settings, database: Database) -> Keyed:
    return Keyed.of(settings, database)


def everything(database: Database) -> str:
    """Return every row there is, as text."""
    with database.engine.connect() as connection:
        tables = ("tenants", "keys", "scenarios", "revisions", "runs", "events", "artifacts", "access_log")
        return "".join(str(connection.exec_driver_sql(f"SELECT * FROM {table}").all()) for table in tables)


def test_names_can_stay_at_home(
    client: TestClient, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = client.post("/v1/scenarios?pseudonymise=true", content=TEXT, headers=YAML)
    assert answer.status_code == 201, answer.text
    names = answer.json()["pseudonyms"]
    assert names == {"Kari Nordmann": "Person 1", "Ola Dahl": "Person 2"}
    assert answer.json()["name"] == "Lia, laget av Person 1"
    made, etag = answer.json()["id"], answer.headers["ETag"]
    kept = client.get(f"/v1/scenarios/{made}/content").text
    assert kept == (
        TEXT.replace("Kari Nordmann", "Person 1").replace("Ola Dahl", "Person 2").replace("Kari", "Person 1")
    )
    again = client.put(
        f"/v1/scenarios/{made}?pseudonymise=true", content=TEXT.replace("50", "55"),
        headers=YAML | {"If-Match": etag},
    )  # fmt: skip
    assert again.json()["pseudonyms"] == names
    assert client.get(f"/v1/scenarios/{made}").json().get("pseudonyms") is None
    logged = caplog.text + str([record.__dict__ for record in caplog.records])
    for name in ("Kari", "Nordmann", "Ola", "Dahl"):
        assert name not in everything(database)
        assert name not in logged


def test_without_the_wish_names_are_kept(client: TestClient) -> None:
    answer = client.post("/v1/scenarios", content=TEXT, headers=YAML)
    assert answer.json()["pseudonyms"] is None
    assert client.get(f"/v1/scenarios/{answer.json()['id']}/content").text == TEXT


def test_a_mistake_has_its_place_in_the_text_that_was_sent(
    client: TestClient,
) -> None:
    wrong = TEXT.replace("size: 60", "size: mye")
    answer = client.post("/v1/scenarios?pseudonymise=true", content=wrong, headers=YAML)
    assert answer.json()["where"][0]["line"] == TEXT[: TEXT.index("Ola Dahl")].count("\n") + 1


def test_what_was_agreed_with_somebody_is_for_those_who_plan(keyed: Keyed) -> None:
    planner, union = keyed.client(), keyed.client(role="union")
    made = planner.post("/v1/scenarios", content=TEXT, headers=YAML)
    url, etag = f"/v1/scenarios/{made.json()['id']}", made.headers["ETag"]
    planner.put(url, content=TEXT.replace("weekend_exempt", "no_nights"), headers=YAML | {"If-Match": etag})
    assert planner.get(f"{url}/content").text == TEXT.replace("weekend_exempt", "no_nights")
    diff = {"before": 1, "after": 2}
    assert "ryggplager" in planner.get(f"{url}/diff", params=diff).json()["diff"]
    for asked in (f"{url}/content", f"{url}/revisions/1/content", f"{url}/diff?before=1&after=2"):
        seen = union.get(asked)
        assert seen.status_code == 200
        for word in ("weekend_exempt", "no_nights", "rygg", "Kari ønsker"):
            assert word not in seen.text
    assert 'arrangement: "individually agreed"' in union.get(f"{url}/content").text
    assert "Kari Nordmann" in union.get(f"{url}/content").text


def test_a_text_that_cannot_be_told_apart_is_not_shown_to_everybody(keyed: Keyed) -> None:
    planner, union = keyed.client(), keyed.client(role="union")
    made = planner.post("/v1/scenarios", content=TEXT, headers=YAML).json()["id"]
    with keyed.database.writing() as session:
        session.get_one(Revision, (made, 1)).content = "turnus: 0\nsecret: rygg\n"
    assert planner.get(f"/v1/scenarios/{made}/content").status_code == 200
    answer = union.get(f"/v1/scenarios/{made}/content")
    assert (answer.status_code, answer.json()["code"]) == (409, "revision-unreadable")
    assert "rygg" not in answer.text


def test_what_a_run_was_asked_for_one_person_is_not_for_everybody() -> None:
    told = {
        "seed": 1,
        "set": [
            "staff[Kari].arrangement.no_nights=true", "staff.0.leave=[]", "staff[Kari]={arrangement: {}}",
            "staff.1.size=80", "budget.fte=25",
        ],
    }  # fmt: skip
    planner, union = (Caller("t", role, "x", None, ROLES[role]) for role in ("planner", "union"))
    assert shown_options(planner, told) == told
    with using_language("en"):
        assert shown_options(union, told)["set"] == [
            "staff[Kari].arrangement.no_nights=individually agreed", "staff.0.leave=individually agreed",
            "staff[Kari]=individually agreed", "staff.1.size=80", "budget.fte=25",
        ]  # fmt: skip
