"""What the commands share: settings from the command line and the environment, and the rows behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from api.settings import Settings
from api.store import Database, open_database
from turnus import Finding, InputError
from turnus import translated as _

#: Settings that may hold a password.
_SECRET = ("database_url", "webhook_secret")


def settings_of(told: Mapping[str, Any]) -> Settings:
    """Return the settings: what the command line told, otherwise the environment, otherwise the usual.

    Raises
    ------
    InputError
        With every setting that is wrong, by the name of its variable.
    """
    try:
        return Settings(**told)
    except ValidationError as error:
        raise InputError([_finding(one) for one in error.errors()]) from None


@contextmanager
def rows_of(settings: Settings) -> Iterator[Database]:
    """Yield the rows of a service, its tables up to date.

    Raises
    ------
    InputError
        When the database cannot be reached; the message holds no password.
    """
    database = open_database(settings.store_url)
    try:
        _migrate(database)
        yield database
    finally:
        database.close()


def _migrate(database: Database) -> None:
    try:
        database.migrate()
    except (SQLAlchemyError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        raise InputError([_unreachable(database, str(cause).splitlines()[0])]) from None


def _unreachable(database: Database, cause: str) -> Finding:
    where = database.engine.url.render_as_string(hide_password=True)
    return Finding(
        ("TURNUS_DATABASE_URL",),
        _("expected a database at {where}").format(where=where),
        _("found {value}").format(value=cause),
        _("Check the address and that it may be written to; without the setting, a file is used."),
    )


def _finding(error: Any) -> Finding:
    name = str(error["loc"][0]).upper() if error["loc"] else ""
    message = str(error["msg"]).removeprefix("Value error, ")
    shown = repr(error["input"])[:80] if name.lower() not in _SECRET else _("a value that is not shown")
    return Finding(
        (f"TURNUS_{name}",),
        _("expected another value ({reason})").format(reason=message),
        _("found {value}").format(value=shown),
        _("Change it on the command line or in the environment."),
    )
