"""`turnus keys`, and that the service's commands are found where `pyproject.toml` says."""

import hashlib
import json
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from api.commands import keys
from api.settings import Settings
from api.store import Database
from turnus.cli import app_service
from turnus.cli.run import run
from turnus.texts import set_language

ROOT = Path(__file__).resolve().parents[2]


def declared() -> dict[str, EntryPoint]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    group = project["entry-points"][app_service.GROUP]
    return {name: EntryPoint(name, value, app_service.GROUP) for name, value in group.items()}


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The service as it is declared here, whatever is installed."""
    points = declared()
    monkeypatch.setattr(app_service, "entry_points", lambda *, group, name: [points[name]])  # noqa: ARG005
    set_language("en")
    yield
    set_language("nb")


def storage(settings: Settings) -> list[str]:
    words = ["--data", str(settings.data_dir)]
    return [*words, "--database-url", settings.database_url] if settings.database_url else words


def test_a_key_is_shown_once_and_only_its_hash_is_kept(
    settings: Settings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["keys", "create", "Kari", "--tenant", "4601-bergen", "--role", "union", "--unit", "nord"]
    assert run([*words, "--days", "30", *storage(settings)]) == 0
    shown = capsys.readouterr()
    text = shown.out.strip()
    assert text.startswith("trn_")
    assert text not in shown.err
    assert run(["keys", "list", "--json", *storage(settings)]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["name"], row["tenant"], row["unit"], row["role"]) == ("Kari", "4601-bergen", "nord", "union")
    assert row["good"] is True
    with database.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM keys").one()
    assert text not in str(kept)
    assert hashlib.sha256(text.encode()).hexdigest() in str(kept)


def test_a_revoked_key_is_listed_as_such(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["keys", "create", "Kari", *storage(settings)]) == 0
    assert run(["keys", "list", "--json", *storage(settings)]) == 0
    id_ = json.loads(capsys.readouterr().out.partition("\n")[2])[0]["id"]
    assert run(["keys", "revoke", id_, *storage(settings)]) == 0
    assert run(["keys", "list", *storage(settings)]) == 0
    assert capsys.readouterr().out.split()[:3] == [id_, "planner", "revoked"]
    assert run(["keys", "revoke", "key_0", *storage(settings)]) == 1
    assert "expected the id of a key" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--tenant", "../x"], "tenant: expected small letters"),
        (["--role", "boss"], "role: expected one of planner, union, admin; found 'boss'"),
        (["--unit", "x" * 101], "unit: expected 1 to 100 signs; found 101"),
        (
            ["--role", "union", "--scopes", "write"],
            "scopes: expected rights of the role “union”; found",
        ),
    ],
)
def test_what_no_key_can_be_is_told(
    words: list[str], told: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["keys", "create", "Kari", *words, *storage(settings)]) == 1
    shown = capsys.readouterr()
    assert told in shown.err
    assert shown.out == ""


def test_a_database_that_is_not_there_is_told_without_its_password(
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = "postgresql://turnus:geheim@127.0.0.1:1/none"
    assert run(["keys", "list", "--database-url", url]) == 1
    told = capsys.readouterr().err
    assert "expected a database at postgresql+psycopg://turnus:***@127.0.0.1:1/none" in told
    assert "geheim" not in told
    assert run(["keys", "list", "--database-url", "mysql://turnus:geheim@host/x"]) == 1
    told = capsys.readouterr().err
    assert "TURNUS_DATABASE_URL: expected another value" in told
    assert "geheim" not in told


def test_without_the_service_the_command_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = EntryPoint("serve", "nowhere.commands:serve", app_service.GROUP)
    for found in ([], [gone]):
        monkeypatch.setattr(app_service, "entry_points", lambda *, group, name, f=found: f)  # noqa: ARG005
        assert run(["serve"]) == 1
        assert "run `make setup` there" in capsys.readouterr().err


def test_what_was_told_reaches_the_service_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []

    def listening(told: Any) -> int:
        heard.append(told)
        return 0

    monkeypatch.setattr(app_service, "service", lambda _name: listening)
    assert run(["serve", "--port", "8080", "--lang", "en"]) == 0
    assert run(["worker", "--data", "rows"]) == 0
    assert heard == [{"port": 8080, "language": "en"}, {"data_dir": Path("rows")}]


@pytest.mark.parametrize("name", sorted(declared()))
def test_the_declared_commands_are_there(name: str) -> None:
    point = declared()[name]
    assert callable(point.load())
    assert (name != "keys-create") or point.load() is keys.create
