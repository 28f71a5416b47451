"""Runs over HTTP, with a worker in this process: submitted, watched, fetched, stopped, divided."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.jobs.dbos_queue import DbosQueue
from api.jobs.worker import Worker
from api.settings import Settings
from api.store import Database
from benchmarks.service_fuzz import NoQueue
from tests.api.units import long_unit, small_unit
from tests.case.test_load import TEXT
from turnus.scenario import read_scenario

PATIENCE_SECONDS = 120


@pytest.fixture
def service(settings: Settings, database: Database) -> Iterator[TestClient]:
    """The service with its worker, answering in English."""
    queue = DbosQueue(settings.queue_url)
    worker = Worker(settings, database, queue)
    worker.start()
    app = create_app(settings, database, queue=queue)
    with TestClient(app, raise_server_exceptions=False, headers={"Accept-Language": "en"}) as client:
        yield client
    worker.stop()
    queue.close()


def submitted(client: TestClient, content: dict[str, Any] | None = None, **asked: Any) -> str:
    made = client.post("/v1/scenarios", json=content or small_unit())
    assert made.status_code == 201, made.text
    run = client.post("/v1/runs", json={"scenario": made.json()["id"], **asked})
    assert run.status_code == 202, run.text
    assert run.headers["Location"] == f"/v1/runs/{run.json()['id']}"
    found: str = run.json()["id"]
    return found


def wait_for(client: TestClient, run: str, *states: str) -> dict[str, Any]:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found: dict[str, Any] = client.get(f"/v1/runs/{run}").json()
        if found["state"] in (states or ("finished", "failed", "cancelled")):
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def events(client: TestClient, run: str, after: int = 0) -> list[dict[str, Any]]:
    """Return what a listener hears until the stream ends by itself."""
    found: list[dict[str, Any]] = []
    headers = {"Last-Event-ID": str(after)} if after else {}
    with client.stream("GET", f"/v1/runs/{run}/events", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for block in answer.read().decode().split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
            if "data" in fields:
                found.append(
                    {"id": int(fields["id"]), "event": fields["event"], **json.loads(fields["data"])}
                )
    return found


def test_a_run_is_submitted_watched_and_fetched(service: TestClient) -> None:
    run = submitted(service, options={"effort": 50})
    heard = events(service, run)
    states = [one["state"] for one in heard if one["event"] == "state"]
    assert states == ["queued", "running", "finished"]
    assert any(one["event"] == "progress" for one in heard)
    found = service.get(f"/v1/runs/{run}").json()
    assert found["state"] == "finished"
    assert found["status"] in ("optimal", "feasible")
    assert found["goals"][0]["id"] == "uncovered"
    assert {one["name"] for one in found["files"]} == {"result.json", "rota.csv", "report.html"}
    result = service.get(f"/v1/runs/{run}/result").json()
    assert result["schema"] == "turnus-result/1"
    assert result["summary"] == found["summary"]
    assert service.get(f"/v1/runs/{run}/rota").text == service.get(f"/v1/runs/{run}/files/rota.csv").text
    rota = service.get(f"/v1/runs/{run}/rota", headers={"Accept": "application/json"}).json()
    assert rota == {"posts": result["posts"], "assignments": result["assignments"]}
    assert (
        service.post("/v1/audits", json={"rota": rota, "scenario": small_unit()}).json()["audit"]["hard"] == 0
    )
    assert events(service, run, heard[1]["id"]) == heard[2:]


def test_a_listener_that_has_heard_all_is_told_not_to_come_back(service: TestClient) -> None:
    run = submitted(service, options={"effort": 50})
    last = events(service, run)[-1]["id"]
    answer = service.get(f"/v1/runs/{run}/events", headers={"Last-Event-ID": str(last)})
    assert (answer.status_code, answer.text) == (204, "")


def test_a_run_says_which_file_it_lacks(service: TestClient) -> None:
    run = submitted(service, options={"effort": 50})
    wait_for(service, run)
    assert service.get(f"/v1/runs/{run}/files/nothing.json").json()["code"] == "not-found"


def test_cancel_throws_away_and_finish_now_keeps(service: TestClient) -> None:
    one = submitted(service, long_unit(), options={"time_seconds": 600})
    other = submitted(service, long_unit(), options={"time_seconds": 600})
    wait_for(service, one, "running")
    assert service.get(f"/v1/runs/{other}").json()["state"] == "queued"
    assert service.post(f"/v1/runs/{one}/cancel").status_code == 202
    assert wait_for(service, one)["state"] == "cancelled"
    assert service.get(f"/v1/runs/{one}/result").status_code == 404
    wait_for(service, other, "running")
    until = time.monotonic() + PATIENCE_SECONDS
    while service.get(f"/v1/runs/{other}/rota").status_code != 200 and time.monotonic() < until:
        time.sleep(0.1)  # the best so far can be looked at while it runs
    assert service.post(f"/v1/runs/{other}/finish-now").status_code == 202
    found = wait_for(service, other)
    assert (found["state"], found["status"]) == ("finished", "feasible")
    assert service.post(f"/v1/runs/{other}/cancel").json()["code"] == "run-finished"
    assert service.delete(f"/v1/runs/{other}").status_code == 204
    assert service.get(f"/v1/runs/{other}").status_code == 404


def test_a_waiting_run_is_cancelled_at_once(client: TestClient) -> None:
    client.app.state.queue = NoQueue()  # type: ignore[attr-defined]
    run = submitted(client)
    assert client.post(f"/v1/runs/{run}/cancel").json()["state"] == "cancelled"


def test_a_sweep_is_divided_and_put_together(service: TestClient) -> None:
    options = {"time_seconds": 3, "only": ["budget", "minimum-size"], "rotas": True}
    run = submitted(service, kind="price", options=options)
    found = wait_for(service, run)
    assert found["state"] == "finished", found
    assert found["parts"] == {"finished": 2}
    parts = service.get("/v1/runs", params={"parent": run}).json()["items"]
    assert sorted(one["title"] for one in parts) == ["budget", "minimum-size"]
    result = service.get(f"/v1/runs/{run}/result").json()
    rows = [row for row in (result["base"], *result["rows"]) if row["state"] == "answered"]
    answers = [row[name] for row in rows for name in ("bound", "rota") if row[name]]
    assert len(answers) > 4
    assert all(answer["cached"] for answer in answers), "the parts have solved everything"
    assert run not in [one["id"] for one in service.get("/v1/runs", params={"parent": run}).json()["items"]]
    assert [one["id"] for one in service.get("/v1/runs").json()["items"]] == [run]


def test_a_scenario_that_turns_out_impossible_is_told(service: TestClient) -> None:
    run = submitted(service, read_scenario(TEXT).root.plain())
    found = wait_for(service, run)
    assert (found["state"], found["problem"]["code"]) == ("failed", "impossible")
    assert found["problem"]["where"][0]["hint"]


WRONG = [
    ({"kind": "no-such"}, "kind-unknown"),
    ({"options": {"effort": 0}}, "options-invalid"),
    ({"options": {"time": 3}}, "options-invalid"),
    ({"options": {"time_seconds": 50_000}}, "too-long"),
    ({"options": {"set": ["horizon.weeks=abc"]}}, "scenario-invalid"),
    ({"options": {"set": ["horizon.weeks=104"]}}, "too-many-weeks"),
    ({"options": {"set": ["horizon.weeks=104"], "draft": True}}, "too-many-weeks"),
    ({"kind": "explain", "options": {"person": "Ada"}}, "options-invalid"),
    ({"webhook_url": "http://127.0.0.1/x"}, "webhook-refused"),
    ({"webhook_url": "ftp://example.org/x"}, "webhook-refused"),
    ({"webhook_url": "http://[::ffff:127.0.0.1]/x"}, "webhook-refused"),
    ({"revision": 7}, "not-found"),
]


@pytest.mark.parametrize(("asked", "code"), WRONG)
def test_what_cannot_be_run_is_refused_at_once(client: TestClient, asked: dict[str, Any], code: str) -> None:
    made = client.post("/v1/scenarios", json=small_unit()).json()["id"]
    answer = client.post("/v1/runs", json={"scenario": made, **asked})
    assert answer.json()["code"] == code
    assert 400 <= answer.status_code < 500
    assert client.get("/v1/runs").json()["items"] == []


def test_too_many_runs_are_told_to_wait(settings: Settings, database: Database) -> None:
    few = settings.model_copy(update={"max_pending_runs": 2})
    app = create_app(few, database, queue=NoQueue())
    with TestClient(app, raise_server_exceptions=False) as client:
        made = client.post("/v1/scenarios", json=small_unit()).json()["id"]
        answers = [client.post("/v1/runs", json={"scenario": made}) for _time in range(3)]
    assert [one.status_code for one in answers] == [202, 202, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
