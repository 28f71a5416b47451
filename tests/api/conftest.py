"""The service in each database: SQLite always, PostgreSQL where TURNUS_TEST_DATABASE_URL names it."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, make_url, text

from api.access import LOCAL_TENANT
from api.app import create_app
from api.settings import Settings
from api.store import Database, Tenant, open_database

SERVER = os.environ.get("TURNUS_TEST_DATABASE_URL")
KINDS = ["sqlite", "postgresql"] if SERVER else ["sqlite"]


class _Server:
    """A PostgreSQL server, where each test has a database of its own."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url).set(drivername="postgresql+psycopg")
        self.engine = create_engine(self.url, isolation_level="AUTOCOMMIT")

    def create(self, template: str | None = None) -> str:
        name = f"turnus_test_{uuid.uuid4().hex}"
        with self.engine.connect() as connection:
            connection.execute(
                text(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
            )
        return name

    def drop(self, name: str) -> None:
        with self.engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))

    def at(self, name: str) -> str:
        return self.url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)


def migrated(url: str) -> None:
    database = open_database(url)
    database.migrate()
    with database.writing() as session:
        session.add(Tenant(id=LOCAL_TENANT, name="local"))
    database.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "turnus.sqlite"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[_Server | None]:
    if SERVER is None:
        yield None
        return
    found = _Server(SERVER)
    yield found
    found.engine.dispose()


@pytest.fixture(scope="session")
def server_template(server: _Server | None) -> Iterator[str | None]:
    if server is None:
        yield None
        return
    name = server.create()
    migrated(Settings(database_url=server.at(name)).store_url)
    yield name
    server.drop(name)


@pytest.fixture(params=KINDS)
def settings(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    sqlite_template: Path,
    server: _Server | None,
    server_template: str | None,
) -> Iterator[Settings]:
    """A service's settings over a database of its own, with the tables in place."""
    if request.param == "sqlite":
        shutil.copy(sqlite_template, tmp_path / "turnus.sqlite")
        yield Settings(data_dir=tmp_path)
        return
    assert server is not None
    name = server.create(server_template)
    yield Settings(data_dir=tmp_path, database_url=server.at(name))
    server.drop(name)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    found = open_database(settings.store_url)
    yield found
    found.close()


@pytest.fixture
def client(settings: Settings, database: Database) -> Iterator[TestClient]:
    """The service for one local user, answering in English."""
    app = create_app(settings, database)
    with TestClient(app, raise_server_exceptions=False, headers={"Accept-Language": "en"}) as found:
        yield found
