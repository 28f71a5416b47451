"""One way to the rows, SQLite or PostgreSQL: connections, sessions, and the tables brought up to date."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session, sessionmaker

MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK_NUMBER = 7_235_901  # one migration at a time, whoever starts first
_BUSY_MILLISECONDS = 30_000


@dataclass(frozen=True)
class Database:
    """The rows of one service."""

    engine: Engine
    sessions: sessionmaker[Session]

    @property
    def is_sqlite(self) -> bool:
        """Whether the rows are in a file of this machine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that changes nothing."""
        with self.sessions() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session whose changes are kept together at the end, or none of them after an error.

        In SQLite the write lock is taken at once: two writers wait for each other instead of failing.
        """
        with self.sessions.begin() as session:
            if self.is_sqlite:
                session.execute(text("BEGIN IMMEDIATE"))
            yield session

    def migrate(self) -> None:
        """Bring the tables up to date; several processes may ask at the same time."""
        logging.getLogger("alembic").setLevel(logging.WARNING)
        with self.engine.connect() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_lock(:n)"), {"n": _LOCK_NUMBER})
            elif not connection.in_transaction():
                connection.execute(text("BEGIN IMMEDIATE"))
            try:
                command.upgrade(alembic_config(connection), "head")
                connection.commit()
            finally:
                if not self.is_sqlite:
                    connection.rollback()
                    connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": _LOCK_NUMBER})
                    connection.commit()

    def is_at_head(self) -> bool:
        """Whether the tables are those of this version."""
        with self.engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_heads()
        return set(found) == set(ScriptDirectory.from_config(alembic_config()).get_heads())

    def close(self) -> None:
        """Give back every connection; one that a thread still uses, when it is done with it."""
        event.listen(self.engine, "checkin", _end)
        self.engine.dispose()


def alembic_config(connection: Any = None) -> Config:
    """Return what Alembic needs to find the migrations and the database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def open_database(url: str) -> Database:
    """Return the database at a URL; the folder of an SQLite file is made."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"timeout": _BUSY_MILLISECONDS / 1000}, pool_size=20)
        event.listen(engine, "connect", _prepare_sqlite)
    else:
        engine = create_engine(parsed, pool_size=20, pool_pre_ping=True)
    return Database(engine, sessionmaker(engine, expire_on_commit=False))


def _end(connection: Any, record: Any) -> None:
    """Close a connection that comes back to a database which is closed."""
    del connection
    record.invalidate()


def _prepare_sqlite(connection: Any, record: Any) -> None:
    """Let readers and one writer work side by side, keep foreign keys, leave BEGIN to us.

    What is deleted is overwritten: an erased name is not left in the file.
    """
    del record
    connection.isolation_level = None
    connection.create_function("lower", 1, str.lower, deterministic=True)  # its own knows no Æ, Ø and Å
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON",
                   f"busy_timeout={_BUSY_MILLISECONDS}"):  # fmt: skip
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
