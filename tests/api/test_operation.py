"""Alive, ready, and what is measured."""

import re
import tempfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from fastapi import Request
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import text

from api.access import ROLES, Caller
from api.app import create_app
from api.settings import Settings
from api.store import Database, open_database
from tests.api.keyed import Keyed


def test_alive_without_a_database(tmp_path: Path) -> None:
    nowhere = Settings(data_dir=tmp_path, database_url="postgresql://nobody@127.0.0.1:1/nothing")
    with TestClient(create_app(nowhere), raise_server_exceptions=False) as client:
        assert client.get("/health").json()["status"] == "alive"
        answer = client.get("/ready", headers={"Accept-Language": "en"})
        assert (answer.status_code, answer.json()["code"]) == (503, "not-ready")
        assert [place["path"] for place in answer.json()["where"]] == ["database"]
        assert answer.headers["Retry-After"]
        assert "nobody" not in answer.text
        rows = client.get("/v1/scenarios")
        assert (rows.status_code, rows.json()["code"]) == (503, "database-unreachable")


def test_ready_when_everything_is_there(client: TestClient) -> None:
    assert client.get("/ready").json() == {"status": "ready"}


def test_not_ready_with_tables_of_another_version(client: TestClient, database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    answer = client.get("/ready")
    assert (answer.status_code, [one["path"] for one in answer.json()["where"]]) == (503, ["tables"])


def test_not_ready_without_its_folders(
    settings: Settings, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = settings.model_copy(update={"data_dir": tmp_path / "lost"})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with TestClient(create_app(lost, database)) as client:
        answer = client.get("/ready")
    assert answer.status_code == 503
    names = ["temporary_folder", "data_dir"] if database.is_sqlite else ["temporary_folder"]
    assert [one["path"] for one in answer.json()["where"]] == names


def test_requests_are_counted_by_route_and_not_by_id(client: TestClient) -> None:
    for number in range(3):
        client.get(f"/v1/scenarios/scn_{number}")
    client.get("/no/such/path")
    found = client.get("/metrics")
    assert found.headers["content-type"].startswith("text/plain")
    counted = 'turnus_requests_total{method="GET",route="/v1/scenarios/{scenario_id}",status="404"} 3.0'
    assert counted in found.text
    assert 'route="none",status="404"' in found.text
    assert "turnus_events 0.0" in found.text


class _Keys:
    """A gate behind which everybody is a planner."""

    def caller(self, request: Request) -> Caller:
        del request
        return Caller("local", "planner", "kari", None, ROLES["planner"])


@pytest.mark.parametrize(("public", "status"), [(False, 403), (True, 200)])
def test_without_keys_what_is_measured_is_not_for_everybody(
    tmp_path: Path, public: bool, status: int
) -> None:
    settings = Settings(data_dir=tmp_path, metrics_public=public)
    database = open_database(settings.store_url)
    database.migrate()
    with TestClient(create_app(settings, database, _Keys())) as client:
        assert client.get("/metrics").status_code == status
    database.close()


@pytest.mark.parametrize("key", [None, "only the operator's"])
def test_what_is_measured_of_all_municipalities_is_the_operator_s(
    settings: Settings, database: Database, key: str | None
) -> None:
    told = settings.model_copy(update={"metrics_key": None if key is None else SecretStr(key)})
    keyed = Keyed.of(told, database)
    assert keyed.with_text(None).get("/metrics").status_code == 401
    for client in (keyed.client(role="admin"), keyed.with_text("None"), keyed.with_text("only the operator")):
        answer = client.get("/metrics")
        assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")
    operator = keyed.with_text("only the operator's").get("/metrics")
    assert operator.status_code == (403 if key is None else 200)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Noe gikk galt hos oss."),
        ("nn", "Noko gjekk gale hos oss."),
        ("en", "Something went wrong here."),
    ],
)
def test_what_nobody_has_thought_of_is_told_in_the_language_of_the_request(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, language: str, text: str
) -> None:
    monkeypatch.setattr("api.resources.reference.rule_named", None)
    headers = {"Accept-Language": language, "X-Request-Id": "abc"}
    answer = client.get("/v1/rules/weekly_rest", headers=headers)
    assert (answer.status_code, answer.json()["code"], answer.json()["detail"]) == (
        500,
        "internal-error",
        text,
    )
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["X-Request-Id"] == "abc"
    assert "Traceback" not in answer.text
    counted = 'turnus_requests_total{method="GET",route="/v1/rules/{rule_id}",status="500"} 1.0'
    assert counted in client.get("/metrics").text


@pytest.mark.skipif(find_spec("fastapi_offline") is None, reason="the extra docs is not installed")
@pytest.mark.parametrize("page", ["/docs", "/redoc"])
def test_the_documentation_needs_no_other_site(client: TestClient, page: str) -> None:
    found = re.findall(r'(?:src|href)="([^"]*)"', client.get(page).text)
    assert len(found) >= 2
    for address in found:
        assert address.startswith("/")
        assert client.get(address).status_code == 200


def test_without_the_extra_the_documentation_is_there_all_the_same(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.openapi.find_spec", lambda _name: None)
    with TestClient(create_app(settings, database)) as client:
        assert "swagger-ui" in client.get("/docs").text
