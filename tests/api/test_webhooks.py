"""Webhooks: signed, told once, tried again, and never to where only this machine can reach."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from api.jobs.targets import check_target
from api.jobs.webhooks import SIGNATURE_HEADER, deliver, signature
from api.problems import Problem
from api.settings import Settings
from api.store import Database, Run, Scenario, new_id


class Listener(HTTPServer):
    """Receives webhooks and answers with the statuses that it was given."""

    def __init__(self, statuses: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.statuses, self.received = statuses, list[tuple[dict[str, str], bytes]]()
        self.url = f"http://127.0.0.1:{self.server_port}/told"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, Listener)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.received.append((dict(self.headers), body))
        self.send_response(server.statuses.pop(0) if server.statuses else 204)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *told: Any) -> None:
        del told


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener([])
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    thread.join()


@pytest.fixture
def told(settings: Settings) -> Settings:
    values = {**settings.model_dump(), "webhook_secret": "s3cret", "webhook_private_targets": True}
    return Settings(**values)


def ended(database: Database, url: str, state: str = "finished") -> str:
    scenario = Scenario(id=new_id("scn"), tenant_id="local", unit="", name="x", revision=1, created_by="test")
    run = Run(
        id=new_id("run"), tenant_id="local", scenario_id=scenario.id, revision=1, kind="solve", options={},
        language="nb", state=state, status="optimal", summary="Høyst 9", goals=[], webhook_url=url,
        created_by="test",
    )  # fmt: skip
    with database.writing() as session:
        session.add(scenario)
        session.flush()
        session.add(run)
    return run.id


def test_it_is_signed_and_told_once(database: Database, told: Settings, listener: Listener) -> None:
    run = ended(database, listener.url)
    assert deliver(database, told, run) is None
    assert deliver(database, told, run) is None
    ((headers, body),) = listener.received
    assert json.loads(body)["run"] == run
    assert json.loads(body)["summary"] == "Høyst 9"
    timestamp = int(headers[SIGNATURE_HEADER].split(",")[0].removeprefix("t="))
    assert headers[SIGNATURE_HEADER] == signature("s3cret", timestamp, body)
    assert headers[SIGNATURE_HEADER] != signature("other", timestamp, body)
    assert headers["Host"] == listener.url.split("/")[2]


def test_it_is_tried_again_with_growing_pauses_and_given_up(
    database: Database, told: Settings, listener: Listener
) -> None:
    listener.statuses = [500, 302, 200]
    run = ended(database, listener.url)
    first, second = deliver(database, told, run), deliver(database, told, run)
    assert first is not None
    assert second is not None
    assert second > first
    assert deliver(database, told, run) is None
    assert len(listener.received) == 3, "a redirect is not followed"
    listener.statuses = [500] * 20
    run = ended(database, listener.url)
    pauses = [deliver(database, told, run) for _try in range(told.webhook_attempts)]
    assert [pause is None for pause in pauses] == [False] * (told.webhook_attempts - 1) + [True]


def test_nothing_is_told_before_the_end_or_of_what_is_gone(
    database: Database, told: Settings, listener: Listener
) -> None:
    assert deliver(database, told, ended(database, listener.url, "running")) is None
    assert deliver(database, told, "run_0") is None
    assert listener.received == []


PRIVATE = [
    "http://127.0.0.1/x", "http://localhost/x", "http://10.0.0.7/x", "http://192.168.1.1/x", "http://[::1]/x",
    "http://169.254.169.254/latest", "http://0.0.0.0/x", "http://[::ffff:10.0.0.1]/x", "http://2130706433/x",
    "http://[fe80::1]/x", "http://100.64.0.1/", "http://[fd00::1]/", "http://[64:ff9b::7f00:1]/",
]  # fmt: skip


@pytest.mark.parametrize(
    "url", [*PRIVATE, "ftp://example.org", "http://", "http://a:b@127.0.0.1/", "x", "http://x:99999/"]
)
def test_private_and_broken_addresses_are_refused(tmp_path: Any, url: str) -> None:
    with pytest.raises(Problem) as caught:
        check_target(url, Settings(data_dir=tmp_path))
    assert caught.value.code == "webhook-refused"


def test_a_name_that_leads_elsewhere_by_then_is_not_followed(
    database: Database, settings: Settings, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address is looked up and checked again when it is told, and that very address is used."""
    run = ended(database, f"http://public.example:{listener.server_port}/told")
    answers = [(2, 1, 6, "", ("127.0.0.1", listener.server_port))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_asked, **_more: answers)
    assert deliver(database, settings, run) is not None
    assert listener.received == []
