"""API keys: who comes in, as whom, and what they may do there."""

import datetime as dt
import logging
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from api.access.keys import who_of
from api.settings import Settings
from api.store import Database, Key, Run, new_id, now
from tests.api.keyed import Keyed
from tests.api.test_scenarios import created


@pytest.fixture
def keyed(settings: Settings, database: Database) -> Keyed:
    return Keyed.of(settings, database)


def made(client: TestClient, **more: object) -> dict[str, str]:
    answer = client.post("/v1/keys", json={"name": "Ola", "role": "planner"} | more)
    assert answer.status_code == 201, answer.text
    found: dict[str, str] = answer.json()
    return found


def test_nobody_comes_in_without_a_key(keyed: Keyed) -> None:
    answer = keyed.with_text(None).get("/v1/scenarios")
    assert (answer.status_code, answer.json()["code"]) == (401, "not-known")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="turnus"'
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer trn_" + "x" * 43},
        {"Authorization": "Bearer trn_' OR 1=1 --"},
        {"Authorization": "Bearer \x01"},
        {"Authorization": "Bearer trn_æ".encode()},
        {"Authorization": "Bearer " + "a" * 20_000},
        {"X-API-Key": "trn_"},
        {"Authorization": "Basic dTpw"},
    ],
)
def test_what_is_no_key_opens_nothing(keyed: Keyed, headers: dict[str, str]) -> None:
    answer = TestClient(keyed.app).get("/v1/scenarios", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_key_opens_in_either_header(keyed: Keyed) -> None:
    text = keyed.key()
    assert keyed.with_text(text).get("/v1/scenarios").status_code == 200
    assert TestClient(keyed.app).get("/v1/scenarios", headers={"X-API-Key": text}).status_code == 200


def test_an_expired_and_a_revoked_key_open_nothing(keyed: Keyed) -> None:
    old, revoked, admin = (
        keyed.client(name="old", days=1),
        keyed.client(name="gone"),
        keyed.client(role="admin"),
    )
    with keyed.database.writing() as session:
        past = now() - dt.timedelta(seconds=1)
        session.execute(update(Key).where(Key.name == "old").values(expires_at=past))
    assert "expired" in old.get("/v1/scenarios").json()["detail"]
    assert revoked.get("/v1/scenarios").status_code == 200
    (id_,) = [key["id"] for key in admin.get("/v1/keys").json()["items"] if key["name"] == "gone"]
    assert admin.delete(f"/v1/keys/{id_}").status_code == 204
    answer = revoked.get("/v1/scenarios")
    assert answer.status_code == 401
    assert "revoked" in answer.json()["detail"]
    assert admin.get(f"/v1/keys/{id_}").json()["good"] is False


def test_a_role_does_what_it_may_and_no_more(keyed: Keyed) -> None:
    union, planner = keyed.client(role="union"), keyed.client()
    assert union.get("/v1/scenarios").status_code == 200
    refused = union.post("/v1/scenarios", content="x", headers={"Content-Type": "application/yaml"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed")
    created(planner)
    assert planner.get("/v1/keys").status_code == 403
    narrow = keyed.client(scopes=["read"])
    assert narrow.post("/v1/scenarios", content="x").status_code == 403


def test_a_key_for_one_unit_sees_that_unit(keyed: Keyed) -> None:
    whole = keyed.client()
    nord, _etag = created(whole)
    one, other = keyed.client(unit="nord"), keyed.client(unit="sor")
    assert one.get(f"/v1/scenarios/{nord}").status_code == 200
    assert other.get(f"/v1/scenarios/{nord}").status_code == 404
    assert other.get("/v1/scenarios").json()["items"] == []


def test_an_admin_makes_keys_that_open_no_more_than_their_own(keyed: Keyed) -> None:
    admin = keyed.client(role="admin")
    key = made(admin, role="union", unit="nord", days=30)
    assert keyed.with_text(key["key"]).get("/v1/scenarios").status_code == 200
    assert "key" not in admin.get(f"/v1/keys/{key['id']}").json()
    narrow = keyed.client(role="admin", scopes=["admin", "read"])
    refused = narrow.post("/v1/keys", json={"name": "Ola", "role": "planner"})
    assert (refused.status_code, refused.json()["code"]) == (403, "beyond-own-rights")
    made(narrow, scopes=["read"])
    of_unit = keyed.client(role="admin", unit="nord")
    assert made(of_unit)["unit"] == "nord"
    assert of_unit.post("/v1/keys", json={"name": "x", "role": "union", "unit": "sor"}).status_code == 404
    assert {one["unit"] for one in of_unit.get("/v1/keys").json()["items"]} == {"nord"}
    wrong = admin.post("/v1/keys", json={"name": "x", "role": "union", "scopes": ["write"]})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "key-refused")


def test_the_access_log_says_who_read_and_changed_what(keyed: Keyed) -> None:
    kari, admin = keyed.client(name="Kari"), keyed.client(name="Admin", role="admin")
    scenario, _etag = created(kari)
    kari.get(f"/v1/scenarios/{scenario}/content", headers={"X-Request-Id": "r-1"})
    log = admin.get("/v1/access-log", params={"subject": scenario}).json()["items"]
    assert [one["action"] for one in log] == ["scenario.read", "scenario.create"]
    assert log[0]["who"].startswith("Kari #")
    assert log[0]["request_id"] == "r-1"
    first = admin.get("/v1/access-log", params={"limit": 1}).json()
    assert first["items"][0]["action"] == "access-log.read"
    rest = admin.get("/v1/access-log", params={"after": first["next"]}).json()["items"]
    assert first["items"][0]["id"] not in [one["id"] for one in rest]
    assert keyed.client("oslo", role="admin").get("/v1/access-log").json()["items"] == []
    assert keyed.client(role="admin", unit="nord").get("/v1/access-log").status_code == 403


def test_when_a_key_was_used_is_written_down_once_a_minute(keyed: Keyed) -> None:
    client = keyed.client()
    client.get("/v1/scenarios")
    with keyed.database.reading() as session:
        first = session.scalars(select(Key.last_used_at)).one()
    assert first is not None
    client.get("/v1/scenarios")
    with keyed.database.reading() as session:
        assert session.scalars(select(Key.last_used_at)).one() == first


def test_a_key_is_nowhere_to_be_read(
    keyed: Keyed, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    admin = keyed.client(role="admin")
    text = made(admin)["key"]
    client = keyed.with_text(text)
    created(client)
    client.get("/v1/nothing")
    client.post("/v1/scenarios", content="{", headers={"Content-Type": "application/json"})
    assert len(caplog.records) > 3
    secret = text.removeprefix("trn_")
    assert secret not in caplog.text + str([record.__dict__ for record in caplog.records])
    with keyed.database.engine.connect() as connection:
        for table in ("keys", "access_log", "scenarios", "revisions"):
            assert secret not in str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
    if keyed.database.is_sqlite:
        for path in Path(settings.data_dir).glob("*.sqlite*"):
            assert secret.encode() not in path.read_bytes()


def test_a_union_representative_stops_only_their_own_runs(keyed: Keyed) -> None:
    planner, union = keyed.client(), keyed.client(role="union")
    scenario = created(planner)[0]
    run = new_id("run")
    with keyed.database.writing() as session:
        session.add(
            Run(
                id=run, tenant_id="bergen", unit="nord", scenario_id=scenario, revision=1, kind="solve",
                options={}, language="nb", created_by="somebody else",
            )
        )  # fmt: skip
    assert union.get(f"/v1/runs/{run}").status_code == 200
    for way in ("cancel", "finish-now"):
        refused = union.post(f"/v1/runs/{run}/{way}")
        assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed")
    assert union.delete(f"/v1/runs/{run}").status_code == 403
    with keyed.database.writing() as session:
        key = session.scalars(select(Key).where(Key.role == "union")).one()
        session.get_one(Run, run).created_by = who_of(key)
    assert union.post(f"/v1/runs/{run}/cancel").status_code == 202


def test_a_key_that_expires_makes_none_that_lasts_longer(keyed: Keyed) -> None:
    admin = keyed.client(role="admin", days=10)
    made(admin, days=9)
    for days in (11, None):
        answer = admin.post("/v1/keys", json={"name": "Ola", "role": "planner", "days": days})
        assert (answer.status_code, answer.json()["code"]) == (403, "beyond-own-rights")


@pytest.mark.parametrize(
    "path", ["/v1/audits", "/v1/comparisons", "/v1/keys", "/v1/runs", "/v1/people/export"]
)
def test_nothing_is_read_of_somebody_unknown(keyed: Keyed, path: str) -> None:
    """What could keep the service busy is refused at the door, whatever it says."""
    answer = keyed.with_text(None).post(
        path, content=b"{broken", headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 401
    known = keyed.client(role="admin").post(
        path, content=b"{broken", headers={"Content-Type": "application/json"}
    )
    assert (known.status_code, known.json()["code"]) == (400, "json-invalid")
