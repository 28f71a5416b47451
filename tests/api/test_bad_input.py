"""Whatever is sent, the answer names the place and the fix, and the service goes on."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.resources.strict import StrictRoute
from api.settings import Settings
from api.store import Database
from benchmarks.service_fuzz import NoQueue
from turnus.scenario import starter

TEXT = starter("shared-housing")
YAML, JSON, CSV = "application/yaml", "application/json", "text/csv"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
CROWD = "staff:\n" + "".join(f"  - {{name: P{number}, size: 50}}\n" for number in range(10_000))


@pytest.fixture
def client(settings: Settings, database: Database) -> Iterator[TestClient]:
    """The service with a queue, answering in English; after each test it still answers."""
    app = create_app(settings, database, queue=NoQueue())
    with TestClient(app, raise_server_exceptions=False, headers={"Accept-Language": "en"}) as found:
        yield found
        assert found.get("/v1/scenarios").status_code == 200
        assert found.get("/health").status_code == 200


def refused(answer: Any, status: int, code: str | None = None) -> dict[str, Any]:
    """Return a problem that says what to do, without a trace of where it happened."""
    assert answer.status_code == status, (answer.status_code, answer.text[:300])
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert found["detail"]
    assert code is None or found["code"] == code, found
    assert "Traceback" not in answer.text
    return found


SCENARIOS = [
    ("broken YAML", YAML, b"turnus: [1\nname: x", "line"),
    ("a key that there is not", YAML, TEXT.replace("weeks: 6", "wheels: 6").encode(), "line"),
    ("a key twice", YAML, b"turnus: 1\nturnus: 1\n", "line"),
    ("wrong units", YAML, TEXT.replace("weeks: 6", "weeks: 6 kg").encode(), "line"),
    ("a negative time", YAML, TEXT.replace('from: "', 'from: "-', 1).encode(), "line"),
    ("a date that does not exist", YAML,
     TEXT.replace("weeks: 6", "weeks: 6\n  start: 2027-02-30").encode(), "line"),
    ("aliases that multiply", YAML, BOMB.encode(), "line"),
    ("an alias to itself", YAML, b"turnus: &a\n  name: *a\n", "line"),
    ("deep nesting", YAML, b"turnus: " + b"[" * 50_000, "line"),
    ("deep nesting", JSON, b'{"turnus": ' + b"[" * 50_000, None),
    ("no UTF-8", YAML, "turnus: 1\nname: Blåbær".encode("latin-1"), "line"),
    ("no UTF-8", JSON, '{"name": "Blåbær"}'.encode("latin-1"), "line"),
    ("UTF-16", YAML, TEXT.encode("utf-16"), None),
    ("a zero byte", YAML, b"turnus: 1\nname: a\0b", "line"),
    ("a zero byte, escaped", YAML, TEXT.replace("name: ", 'name: "a\\0b" # ', 1).encode(), "line"),
    ("half a character", JSON, b'{"turnus": 1, "name": "\\ud800"}', None),
    ("a zero byte, escaped", JSON, b'{"turnus": 1, "name": "a\\u0000"}', None),
    ("a key twice", JSON, b'{"turnus": 1, "turnus": 1}', "line"),
    ("no number", JSON, b'{"turnus": NaN}', None),
    ("a huge number", YAML, TEXT.replace("weeks: 6", "weeks: " + "9" * 400).encode(), "line"),
    ("a huge number", JSON, b'{"turnus": ' + b"9" * 5000 + b"}", None),
    ("ten thousand people", YAML, (TEXT.partition("staff:")[0] + CROWD).encode(), "line"),
    ("nothing", YAML, b"", None),
    ("a list", JSON, b"[]", None),
    ("a spreadsheet's bytes", YAML, b"PK\x03\x04\x00\x00", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("media_type", "content", "place"),
    [case[1:] for case in SCENARIOS],
    ids=[f"{case[0]}-{case[1]}" for case in SCENARIOS],
)
def test_scenarios_that_cannot_be_read(
    client: TestClient, media_type: str, content: bytes, place: str | None
) -> None:
    found = refused(client.post("/v1/scenarios", content=content, headers={"Content-Type": media_type}), 422)
    assert found["where"]
    assert found["where"][0]["hint"], found
    assert place is None or found["where"][0]["line"] is not None, found
    asked = {"rota": "x", "scenario": content.decode("utf-8", "replace").replace("\0", "?")}
    if media_type == YAML:
        refused(client.post("/v1/audits", json=asked), 422)


BODIES = [
    ("no JSON", b"{", 400),
    ("no UTF-8", '{"rota": "Blåbær"}'.encode("latin-1"), 400),
    ("a key twice", b'{"rota": "x", "rota": "y", "profile": "aml"}', 400),
    ("deep nesting", b'{"rota": ' + b"[" * 200_000, 400),
    ("less deep nesting", b'{"rota": ' + b"[" * 60 + b"]" * 60 + b', "profile": "aml"}', 400),
    ("half a character", b'{"rota": "\\ud800", "profile": "aml"}', 400),
    ("a zero byte", b'{"rota": "\\u0000", "profile": "aml"}', 400),
    ("no finite number", b'{"rota": "x", "revision": Infinity}', 400),
    ("a number too large", b'{"rota": "x", "revision": 1e999}', 400),
    ("a huge whole number", b'{"rota": "x", "revision": ' + b"9" * 30 + b"}", 400),
    ("many values", b'{"rota": [' + b"0," * 400_000 + b"0]}", 400),
    ("a word", b'"rota"', 422),
    ("null", b"null", 422),
    ("an unknown key", b'{"rota": "x", "profile": "aml", "x": 1}', 422),
]


@pytest.mark.parametrize("path", ["/v1/audits", "/v1/runs", "/v1/comparisons", "/v1/keys"])
@pytest.mark.parametrize(("content", "status"), [one[1:] for one in BODIES], ids=[one[0] for one in BODIES])
def test_bodies_that_are_no_strict_json(client: TestClient, path: str, content: bytes, status: int) -> None:
    answer = client.post(path, content=content, headers={"Content-Type": JSON})
    found = refused(answer, status, "json-invalid" if status == 400 else "request-invalid")
    assert found["where"]


def test_every_route_with_a_body_reads_it_strictly(client: TestClient) -> None:
    app: Any = client.app
    with_body = [route for route in _routes(app) if getattr(route, "body_field", None) is not None]
    assert len(with_body) >= 3
    assert [route.path for route in with_body if not isinstance(route, StrictRoute)] == []


def _routes(app: FastAPI) -> Iterator[Any]:
    waiting = list(app.router.routes)
    while waiting:
        route = waiting.pop()
        inner = getattr(route, "original_router", None)
        waiting.extend(inner.routes if inner is not None else [])
        yield route


@pytest.mark.parametrize(
    "media_type",
    ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip",
     "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "image/png", "x", "/", ";;;"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/v1/scenarios", "/v1/audits"])
def test_media_types_that_are_not_read(client: TestClient, path: str, media_type: str) -> None:
    answer = client.post(path, content=b"PK\x03\x04", headers={"Content-Type": media_type})
    assert refused(answer, 415, "media-type")["hint"]


@pytest.mark.parametrize("media_type", ["application/vnd.ms-excel", "text/html", "x"])
@pytest.mark.parametrize("path", ["/v1/runs", "/v1/comparisons", "/v1/keys"])
def test_bodies_of_another_media_type_are_not_taken_for_json(
    client: TestClient, path: str, media_type: str
) -> None:
    answer = client.post(path, content=b"{}", headers={"Content-Type": media_type})
    assert refused(answer, 415, "media-type")["hint"]


QUERIES = [
    "/v1/scenarios?name=%00",
    "/v1/scenarios?after=%00",
    "/v1/scenarios?unit=a%00b",
    "/v1/runs?kind=%00",
    "/v1/runs?scenario=%00",
    "/v1/runs?parent=%00",
    "/v1/rules?text=%00",
    "/v1/access-log?who=%00",
    "/v1/scenarios?limit=1&limit=2",
    "/v1/rules?profile=aml&profile=aml",
    "/v1/scenarios?limit=0",
    "/v1/scenarios?limit=" + "9" * 30,
    "/v1/scenarios?limit=-1",
    "/v1/scenarios?limit=1e3",
    "/v1/scenarios?name=" + "x" * 300,
    "/v1/runs?state=lost",
    "/v1/scenarios/scn_0/revisions/0/content",
    "/v1/scenarios/scn_0/revisions/99999999999999999999999/content",
    "/v1/scenarios/scn_0/revisions/x/content",
    "/v1/scenarios/scn_0/diff?before=1",
    "/v1/scenarios/scn_0/diff?before=1&after=9223372036854775808",
]


@pytest.mark.parametrize("path", QUERIES)
def test_queries_that_no_route_takes(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 422), answer.text
    assert refused(answer, answer.status_code)["where"]


def test_text_of_a_query_never_reaches_a_row_with_a_zero_byte(client: TestClient) -> None:
    answer = client.post("/v1/scenarios?unit=a%00", content=TEXT, headers={"Content-Type": YAML})
    refused(answer, 400)


PATHS = [
    "/v1/scenarios/..%2f..%2fetc%2fpasswd",
    "/v1/scenarios/scn_0%00",
    "/v1/scenarios/' OR 1=1 --",
    "/v1/scenarios/scn_" + "0" * 400,
    "/v1/runs/run_0/files/..%2f..%2fetc%2fpasswd",
    "/v1/runs/run_0/files/%2e%2e",
    "/v1/runs/run_0;DROP TABLE runs",
    "/v1/templates/..%2f__init__.py",
    "/v1/templates/../../../pyproject.toml",
    "/v1/rules/../../etc",
    "/v1/schema/..%2fscenario.json",
    "/%c0%af%c0%af",
    "//v1//scenarios",
]


@pytest.mark.parametrize("path", PATHS)
def test_ids_that_are_paths_or_sql(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404, 422), answer.text
    refused(answer, answer.status_code)


@pytest.mark.parametrize(
    "text", ["' OR '1'='1", "%", "_", "\\", "'; DROP TABLE scenarios; --", "\ufffd", "\u202e"]
)
def test_text_to_search_for_is_text(client: TestClient, text: str) -> None:
    client.post("/v1/scenarios", content=TEXT, headers={"Content-Type": YAML})
    for path in ("/v1/scenarios", "/v1/scenarios?unit=nord"):
        assert client.get(path, params={"name": text}).json()["items"] == []
    assert len(client.get("/v1/scenarios").json()["items"]) == 1


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PATCH", "TRACE", "FOO", "PUT"])
@pytest.mark.parametrize("path", ["/v1/scenarios", "/v1/rules", "/health"])
def test_methods_that_a_route_does_not_have(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    assert "GET" in answer.headers["Allow"]
    if method != "HEAD":
        assert answer.json()["hint"]


@pytest.mark.parametrize("path", ["/no", "/v2/scenarios", "/v1", "/v1/scenarios/", "/docs/x"])
def test_addresses_where_nothing_is(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code in (404, 307, 422)


HEADERS: list[tuple[str, str, dict[str, str], int]] = [
    ("PUT", "/v1/scenarios/scn_0", {"If-Match": "x" * 500, "Content-Type": YAML}, 422),
    ("PUT", "/v1/scenarios/scn_0", {"If-Match": "no quotes", "Content-Type": YAML}, 404),
    ("GET", "/v1/runs/run_0/events", {"Last-Event-ID": "x"}, 422),
    ("GET", "/v1/runs/run_0/events", {"Last-Event-ID": "-1"}, 422),
    ("GET", "/v1/runs/run_0/events", {"Last-Event-ID": "9" * 30}, 422),
    ("GET", "/v1/scenarios/scn_0", {"Accept-Language": "x" * 5000}, 404),
    ("GET", "/v1/scenarios/scn_0", {"Accept-Language": ",;,;q=x"}, 404),
    ("GET", "/v1/scenarios/scn_0", {"X-Request-Id": "a\tb"}, 404),
    ("POST", "/v1/audits", {"Accept": "text/html;q=x;;,,", "Content-Type": JSON}, 400),
    ("POST", "/v1/audits", {"Content-Length": "²", "Content-Type": JSON}, 400),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "headers", "status"), HEADERS)
def test_headers_that_nobody_understands(
    client: TestClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    refused(client.request(method, path, headers=raw, content=TEXT if method == "PUT" else b"{"), status)


@pytest.mark.parametrize("path", ["/v1/scenarios", "/v1/audits", "/v1/runs", "/v1/keys"])
@pytest.mark.parametrize("told", [True, False])
def test_a_body_of_a_hundred_megabytes_is_not_read(
    settings: Settings, database: Database, path: str, told: bool
) -> None:
    """With its length or without, no more is taken in than the limit lets through."""
    app = create_app(settings, database, queue=NoQueue())
    chunk, size, taken, sent = b"x" * 100_000, 100_000_000, 0, []
    headers = [
        (b"content-type", YAML.encode() if "scen" in path else JSON.encode()),
        (b"accept-language", b"en"),
    ]
    headers += [(b"content-length", str(size).encode())] if told else [(b"transfer-encoding", b"chunked")]

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += len(chunk)
        return {"type": "http.request", "body": chunk, "more_body": taken < size}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
             "headers": headers, "http_version": "1.1", "scheme": "http", "server": ("h", 80),
             "client": ("c", 1), "root_path": "", "asgi": {"version": "3.0"}}  # fmt: skip
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == 413
    assert json.loads(sent[1]["body"])["code"] == "body-too-large"
    assert taken <= settings.max_body_bytes + len(chunk)
    assert not told or taken == 0


def test_overrides_do_not_bring_in_what_a_file_may_not_hold(client: TestClient) -> None:
    made = client.post("/v1/scenarios", content=TEXT, headers={"Content-Type": YAML}).json()["id"]
    for override in ('name="a\\0b"', "name", "=", "a" * 501, "__class__.x=1", "staff.-1.size=5",
                     "staff.99999999999999999999.size=5", "horizon.weeks=" + "9" * 400):  # fmt: skip
        asked = {"scenario": made, "options": {"set": [override]}}
        refused(client.post("/v1/runs", json=asked), 422)
    for options in ({"seed": -1}, {"seed": 2**60}, {"time_seconds": 1e18}, {"effort": 0}, {"set": "x"}):
        refused(client.post("/v1/runs", json={"scenario": made, "options": options}), 422)
    for url in ("file:///etc/passwd", "http://127.0.0.1/", "http://[::1]/", "gopher://x", "x", "http://"):
        refused(client.post("/v1/runs", json={"scenario": made, "webhook_url": url}), 422)


def test_half_a_character_is_kept_as_the_sign_for_an_unknown_one(client: TestClient) -> None:
    text = TEXT.replace("name: ", 'name: "a\\ud800" # ', 1)
    made = client.post("/v1/scenarios", content=text, headers={"Content-Type": YAML})
    assert (made.status_code, made.json()["name"]) == (201, "a\ufffd")
