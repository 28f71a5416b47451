"""Audits over HTTP: what `turnus check` says, of rotas from anywhere."""

import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from api.app import create_app
from api.settings import Settings
from api.store import AccessRecord, Database
from tests.cli.test_check import EXAMPLE, ROTA, SCENARIO
from turnus.formats.rota_check import check_rota_alone
from turnus.result.check_document import check_schema
from turnus.scenario import read_scenario
from turnus.texts import using_language

CSV = {"Content-Type": "text/csv"}


def saved(client: TestClient) -> str:
    answer = client.post("/v1/scenarios", content=SCENARIO, headers={"Content-Type": "application/yaml"})
    return str(answer.json()["id"])


def test_a_rota_alone_is_checked_as_the_command_does(client: TestClient) -> None:
    answer = client.post("/v1/audits?profile=ks-lokal", content=EXAMPLE.read_bytes(), headers=CSV)
    assert answer.status_code == 200, answer.text
    Draft202012Validator(check_schema()).validate(answer.json())
    with using_language("en"):
        assert answer.json() == check_rota_alone(EXAMPLE.read_bytes(), "ks-lokal", source="rota").document()


def test_a_rota_is_checked_against_a_saved_scenario(client: TestClient, database: Database) -> None:
    made = saved(client)
    answer = client.post(f"/v1/audits?scenario={made}", content=ROTA, headers=CSV)
    found = answer.json()
    (breach,) = [one for one in found["audit"]["breaches"] if one["hard"]]
    assert (breach["rule"], breach["person"]) == ("daily_rest", "Kari <b>")
    assert found["scenario"]["sha256"] == read_scenario(SCENARIO).sha256
    assert client.post("/v1/audits", json={"rota": ROTA, "scenario_id": made, "revision": 1}).json() == found
    with database.reading() as session:
        assert [one.action for one in session.query(AccessRecord)].count("scenario.audit") == 2


def test_the_scenario_may_come_with_the_rota(client: TestClient) -> None:
    as_text = client.post("/v1/audits", json={"rota": ROTA, "scenario": SCENARIO}).json()
    plain = read_scenario(SCENARIO).root.plain()
    as_data = client.post("/v1/audits", json={"rota": ROTA, "scenario": plain}).json()
    assert as_text["audit"] == as_data["audit"]
    assert as_text["audit"]["hard"] == 1
    assert client.get("/v1/scenarios").json()["items"] == []


def test_a_result_is_a_rota_too(client: TestClient) -> None:
    plain = {
        "posts": [{"id": "01", "person": "Kari <b>", "size_percent": 100},
                  {"id": "02", "person": "Ola", "size_percent": 100}],
        "assignments": [{"post": post, "date_or_day": f"2027-01-{day:02d}", "code": code}
                        for post in ("01", "02") for day, code in enumerate("DDD----", start=4)],
    }  # fmt: skip
    found = client.post("/v1/audits", json={"rota": plain, "scenario": SCENARIO})
    assert found.json()["audit"]["hard"] == 0, found.text


def test_the_page_to_print_comes_where_it_is_asked_for(client: TestClient) -> None:
    asked = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "nb", **CSV}
    page = client.post("/v1/audits?profile=ks-lokal", content=EXAMPLE.read_bytes(), headers=asked)
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "Solsiden" in page.text
    asked["Accept"] = "application/json, text/html;q=0.5"
    other = client.post("/v1/audits?profile=ks-lokal", content=EXAMPLE.read_bytes(), headers=asked)
    assert other.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ({"rota": ROTA}, "request-invalid", "body"),
        ({"rota": ROTA, "scenario": SCENARIO, "profile": "aml"}, "request-invalid", "body"),
        ({"rota": ROTA, "profile": "no-such"}, "profile-unknown", None),
        ({"rota": ROTA.replace("Ola", "Per"), "scenario": SCENARIO}, "rota-invalid", "rota"),
        ({"rota": ROTA, "scenario": SCENARIO.replace("100", "1000", 1)}, "scenario-invalid", "staff.0.size"),
        ({"rota": ROTA, "scenario": {"turnus": 1, "nime": "x"}}, "scenario-invalid", None),
        ({"rota": {"posts": 1}, "scenario": SCENARIO}, "rota-invalid", "posts"),
        ({"rota": "\x01", "profile": "aml"}, "rota-invalid", "shifts"),
    ],
)
def test_what_is_wrong_is_told(client: TestClient, body: dict, code: str, place: str | None) -> None:
    answer = client.post("/v1/audits", json=body)
    found = answer.json()
    assert (answer.status_code, found["code"]) == (422, code), found
    assert place is None or place in [one["path"] for one in found["where"]], found


def test_a_spreadsheet_is_refused_with_what_to_do(client: TestClient) -> None:
    sheet = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    answer = client.post("/v1/audits?profile=aml", content=b"PK\x03\x04", headers=sheet)
    assert (answer.status_code, answer.json()["code"]) == (415, "media-type")
    assert "CSV" in answer.json()["hint"]


def test_larger_rotas_than_the_service_takes_are_refused(settings: Settings, database: Database) -> None:
    small = settings.model_copy(update={"max_people": 1})
    with TestClient(create_app(small, database)) as client:
        answer = client.post("/v1/audits", json={"rota": ROTA, "scenario": SCENARIO})
        assert answer.json()["code"] == "too-many-people"
        alone = client.post("/v1/audits?profile=aml", content=EXAMPLE.read_bytes(), headers=CSV)
        assert alone.json()["code"] == "too-many-people"


def test_a_desk_tells_who_has_waited_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(data_dir=tmp_path, sync_seconds=0.05)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        monkeypatch.setattr("api.resources.audits.check_rota_alone", lambda *_a, **_k: time.sleep(0.4))
        answer = client.post("/v1/audits?profile=aml", content=b"x", headers=CSV)
    assert (answer.status_code, answer.json()["code"]) == (503, "too-slow")
    assert answer.headers["Retry-After"]
