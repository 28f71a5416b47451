"""The tables: as the models say, and brought up to date without losing a row."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Column, Connection, LargeBinary, MetaData, Table, insert, select
from sqlalchemy.types import Boolean, DateTime, Float, Integer

from api.settings import Settings
from api.store import Base, Database, open_database
from api.store.database import alembic_config
from tests.api.conftest import KINDS, _Server

REVISIONS = [step.revision for step in ScriptDirectory.from_config(alembic_config()).walk_revisions()][::-1]


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Any, server: _Server | None) -> Iterator[Database]:
    """A database without tables."""
    if request.param == "sqlite":
        database = open_database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
        yield database
        database.close()
        return
    assert server is not None
    name = server.create()
    database = open_database(Settings(database_url=server.at(name)).store_url)
    yield database
    database.close()
    server.drop(name)


def migrate_to(connection: Connection, revision: str) -> None:
    command.upgrade(alembic_config(connection), revision)
    connection.commit()


def test_migrations_make_the_tables_of_the_models(empty: Database) -> None:
    empty.migrate()
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_table_that_no_migration_makes_is_seen(empty: Database) -> None:
    empty.migrate()
    models = MetaData()
    for table in Base.metadata.tables.values():
        table.to_metadata(models)
    models.tables["runs"].append_column(Column("forgotten", Integer))
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [step[0] for step in compare_metadata(context, models)] == ["add_column"]


@pytest.mark.parametrize(("before", "after"), list(pairwise(REVISIONS)))
def test_an_upgrade_keeps_every_row(empty: Database, before: str, after: str) -> None:
    with empty.engine.connect() as connection:
        migrate_to(connection, before)
        kept = filled(connection)
        assert len(kept) >= 11
        migrate_to(connection, after)
        assert list(lost(connection, kept)) == []


def test_a_migration_that_loses_something_is_seen(empty: Database) -> None:
    with empty.engine.connect() as connection:
        migrate_to(connection, "head")
        kept = filled(connection)
        connection.exec_driver_sql("UPDATE runs SET title = 'x' WHERE id = '1 id æøå'")
        connection.exec_driver_sql("DELETE FROM events")
        assert list(lost(connection, kept)) == ["events", "runs"]


def filled(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Put two rows in each table there is; return them."""
    tables, kept = MetaData(), {}
    tables.reflect(connection)
    for table in tables.sorted_tables:
        if table.name != "alembic_version":
            kept[table.name] = [row_of(table, number) for number in (1, 2)]
            connection.execute(insert(table), kept[table.name])
    connection.commit()
    return kept


def lost(connection: Connection, kept: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """Yield the tables whose rows are no longer what they were."""
    tables = MetaData()
    tables.reflect(connection)
    for name, rows in sorted(kept.items()):
        table = tables.tables[name]
        found = connection.execute(select(table).order_by(*table.primary_key)).mappings().all()
        same = [{key: plain(one[key]) for key in rows[0]} for one in found]
        if same != [{key: plain(value) for key, value in row.items()} for row in rows]:
            yield name


def row_of(table: Table, number: int) -> dict[str, Any]:
    """Return a row with something in every column, whose references lead to rows of the same number."""
    return {column.name: value_of(column, number) for column in table.columns}


def value_of(column: Any, number: int) -> Any:
    """Return what the tables that are referred to have in the column that is referred to."""
    for key in column.foreign_keys:
        if key.column.table is not column.table:
            return value_of(key.column, number)
        return None
    if isinstance(column.type, DateTime):
        return dt.datetime(2027, 1, number, 12, tzinfo=dt.UTC)
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Float):
        return number + 0.5
    if isinstance(column.type, Integer):
        return number
    if isinstance(column.type, LargeBinary):
        return bytes([number])
    if isinstance(column.type, JSON):
        return {"number": number}
    length = getattr(column.type, "length", None) or 100
    return f"{number} {column.name} æøå"[:length]


def plain(value: Any) -> Any:
    return value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
