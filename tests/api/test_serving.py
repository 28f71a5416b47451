"""`turnus serve`: what it refuses to start with, and how it starts and stops."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from api.app import create_app
from api.commands.common import settings_of
from api.middleware import LocalOnly
from api.serving import listening, refuse_folder, refuse_open_door, serve, url_of
from api.settings import Settings
from turnus.errors import InputError

SERVE = "import sys; from api.commands.serve import serve; sys.exit(serve({'port': 0, 'workers': 0}))"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_nobody_is_let_in_without_a_key_from_outside(host: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="TURNUS_HOST"):
        serve(Settings(host=host, data_dir=tmp_path))
    refuse_open_door(Settings(host=host, access="keys"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.9.1"])
def test_this_machine_needs_no_key(host: str) -> None:
    refuse_open_door(Settings(host=host))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"TURNUS_DATA_DIR.*file"):
        refuse_folder(Settings(data_dir=tmp_path / "file" / "below"))
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_a_port_that_is_taken_is_told() -> None:
    with listening(Settings(port=0)) as door:
        taken = door.getsockname()[1]
        assert url_of(Settings(), door) == f"http://127.0.0.1:{taken}"
        with (
            pytest.raises(InputError, match=f"TURNUS_PORT.*127.0.0.1:{taken}"),
            listening(Settings(port=taken)),
        ):
            pass


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://kari:hemmelig@127.0.0.1:1/turnus"
    with pytest.raises(InputError, match="TURNUS_DATABASE_URL") as told:
        serve(Settings(port=0, data_dir=tmp_path, database_url=url))
    assert "hemmelig" not in str(told.value)


def test_it_answers_until_it_is_told_to_leave(tmp_path: Path) -> None:
    environment = {**os.environ, "TURNUS_DATA_DIR": str(tmp_path / "new"), "TURNUS_LANGUAGE": "en"}
    process = subprocess.Popen([sys.executable, "-c", SERVE], env=environment, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    try:
        assert process.stdout is not None
        welcome = process.stdout.readline()
        url = next(word.rstrip(";") for word in welcome.split() if word.startswith("http"))
        answer = httpx2.get(f"{url}/ready", headers={"X-Request-Id": "from-me"})
        assert (answer.status_code, answer.headers["X-Request-Id"]) == (200, "from-me")
        other = httpx2.get(f"{url}/ready", headers={"Host": "evil.example"})
        assert (other.status_code, other.json()["code"]) == (403, "not-local")
    finally:
        process.send_signal(signal.SIGTERM)
        _out, logged = process.communicate(timeout=30)
    assert process.returncode == 0, logged
    lines = [json.loads(line) for line in logged.splitlines()]
    assert [line["path"] for line in lines if line.get("request_id") == "from-me"] == ["/ready"]
    assert all({"level", "logger", "timestamp"} <= line.keys() for line in lines)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "localhost:8000"}, 200),
        ({"Host": "[::1]:8000"}, 200),
        ({"Host": "localhost:8000", "Origin": "http://localhost:8000"}, 200),
        ({"Host": "localhost.evil.example"}, 403),
        ({"Host": "localhost:8000", "Origin": "https://evil.example"}, 403),
        ({"Host": "localhost:8000", "Origin": "null"}, 403),
    ],
)
def test_pages_of_other_sites_may_not_ask(tmp_path: Path, headers: dict, status: int) -> None:
    app = create_app(Settings(data_dir=tmp_path))
    with TestClient(LocalOnly(app, "127.0.0.1")) as client:
        assert client.get("/health", headers=headers).status_code == status


WRONG_SETTINGS: list[dict[str, Any]] = [
    {"database_url": "foo"},
    {"database_url": "mysql://x/y"},
    {"oidc_issuers": "a=https://x.example,b=https://x.example"},
    {"oidc_issuers": "bergen=https://x.example,https://x.example"},
    {"oidc_issuers": "Bergen Kommune=https://x.example"},
]


@pytest.mark.parametrize("told", WRONG_SETTINGS)
def test_settings_that_make_no_sense_are_refused(told: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Settings(**told)
    with pytest.raises(InputError):
        settings_of(told)


def test_a_host_that_is_no_name_is_refused(settings: Settings) -> None:
    wrong = settings.model_copy(update={"host": "a..b", "access": "keys"})
    with pytest.raises(InputError), listening(wrong):
        pass
