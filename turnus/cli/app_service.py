"""The commands of the service: serve, worker, keys.

turnus never imports the service. The service says in `pyproject.toml`, in the group `turnus.service`, which
function each command is; it is loaded when the command is given. It is called with the settings that the
command line told (`{"port": 8080}`; those that were left out are not in it) and returns the exit code.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import typer

from turnus.cli.options import SETTINGS, debug_option, language_option, option, verb
from turnus.cli.words import Group
from turnus.errors import Finding, InputError
from turnus.texts import _, known_language

GROUP = "turnus.service"


def add_service(app: typer.Typer) -> None:
    """Add `turnus serve`, `worker` and `keys`."""
    _add_serve(app)
    _add_worker(app)
    _add_keys(app)


def service(name: str) -> Callable[..., int]:
    """Return the function that the service has for a command.

    Raises
    ------
    InputError
        When the service, or a package that it needs, is not installed.
    """
    found = next(iter(entry_points(group=GROUP, name=name)), None)
    try:
        if found is None:
            raise ModuleNotFoundError(name=f"{GROUP}: {name}")
        loaded: Callable[..., int] = found.load()
    except ModuleNotFoundError as error:
        raise InputError([_missing(name, error.name or name)]) from None
    return loaded


def _missing(command: str, module: str) -> Finding:
    return Finding(
        (command.replace("-", " "),),
        _("expected the service to be installed"),
        _("found no {name}").format(name=module),
        _("Fetch turnus from its repository, run `make setup` there, and use .venv/bin/turnus."),
    )


def _told(**settings: Any) -> dict[str, Any]:
    """Return the settings that were given on the command line."""
    return {name: value for name, value in settings.items() if value is not None}


def _storage_options() -> tuple[Any, Any]:
    """Return the options that say where the rows are."""
    return (
        option(
            "--data", metavar=_("DIR"), show_default=False,
            text=_("Folder for the databases; otherwise TURNUS_DATA_DIR, otherwise turnus-data."),
        ),
        option(
            "--database-url", metavar="URL", show_default=False,
            text=_("PostgreSQL, for many workers; otherwise TURNUS_DATABASE_URL, otherwise SQLite."),
        ),
    )  # fmt: skip


def _add_serve(app: typer.Typer) -> None:
    language, debug = language_option(), debug_option()
    data, url = _storage_options()
    address = option(
        "--host", metavar=_("ADDRESS"), show_default=False,
        text=_("Address to listen on; others than loopback need --access keys."),
    )  # fmt: skip
    number = option("--port", text=_("Port to listen on; 0 takes a free one."), metavar="N", min=0, max=65535,
                    show_default=False)  # fmt: skip
    way = option(
        "--access", metavar="local|keys", show_default=False,
        text=_("local: one user without keys, on this machine. keys: API keys and OpenID Connect."),
    )  # fmt: skip
    jobs = option("--workers", text=_("Jobs side by side; 0 leaves them to `turnus worker`."), metavar="N",
                  min=0, max=64, show_default=False)  # fmt: skip

    @verb(app, "serve", _("Serve the HTTP API, with a worker in the same process."))
    def serve(
        host: str | None = address,
        port: int | None = number,
        access: str | None = way,
        workers: int | None = jobs,
        data_dir: Path | None = data,
        database_url: str | None = url,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del debug
        told = _told(host=host, port=port, access=access, workers=workers, data_dir=data_dir,
                     database_url=database_url, language=known_language(lang or ""))  # fmt: skip
        return service("serve")(told)


def _add_worker(app: typer.Typer) -> None:
    language, debug = language_option(), debug_option()
    data, url = _storage_options()
    jobs = option("--workers", text=_("Jobs side by side."), metavar="N", min=1, max=64, show_default=False)

    @verb(app, "worker", _("Work on the jobs of a service, on this or another machine."))
    def worker(
        workers: int | None = jobs,
        data_dir: Path | None = data,
        database_url: str | None = url,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del debug
        told = _told(
            workers=workers, data_dir=data_dir, database_url=database_url, language=known_language(lang or "")
        )
        return service("worker")(told)


def _add_keys(app: typer.Typer) -> None:
    language, debug = language_option(), debug_option()
    text = _("Create, list and revoke the API keys of the service.")
    keys = typer.Typer(cls=Group, help=text, context_settings=SETTINGS, options_metavar=_("[OPTIONS]"))

    @keys.callback(invoke_without_command=True)
    def root(context: typer.Context, lang: str | None = language, debug: bool = debug) -> int:
        del lang, debug
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())
        return 0

    _add_create(keys)
    _add_list(keys)
    _add_revoke(keys)
    app.add_typer(keys, name="keys")


def _add_create(keys: typer.Typer) -> None:
    language, debug = language_option(), debug_option()
    data, url = _storage_options()
    who = typer.Argument(..., metavar=_("NAME"), show_default=False,
                         help=_("Who the key is for, as the access log will call them."))  # fmt: skip
    whose = option("--tenant", default="local", metavar=_("ID"),
                   text=_("Municipality that the key belongs to; made when it is new."))  # fmt: skip
    part = option("--unit", metavar=_("UNIT"), show_default=False,
                  text=_("The one unit that the key sees; otherwise all of the municipality."))  # fmt: skip
    what = option("--role", default="planner", metavar="planner|union|admin",
                  text=_("What the key may do."))  # fmt: skip
    fewer = option("--scopes", metavar="A,B", show_default=False,
                   text=_("Only these of the role's rights: read, audit, write, run, names."))  # fmt: skip
    lifetime = option("--days", metavar="N", min=1, max=3650, show_default=False,
                      text=_("Days until it expires; never when left out."))  # fmt: skip

    @verb(keys, "create", _("Create a key and write it to stdout, once; only its hash is kept."))
    def create(
        name: str = who,
        tenant: str = whose,
        unit: str | None = part,
        role: str = what,
        scopes: str | None = fewer,
        days: int | None = lifetime,
        data_dir: Path | None = data,
        database_url: str | None = url,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        told = _told(data_dir=data_dir, database_url=database_url)
        some = None if scopes is None else [word.strip() for word in scopes.split(",") if word.strip()]
        create_key = service("keys-create")
        return create_key(told, name=name, tenant=tenant, unit=unit, role=role, scopes=some, days=days)


def _add_list(keys: typer.Typer) -> None:
    language, debug = language_option(), debug_option()
    data, url = _storage_options()
    whose = option("--tenant", metavar=_("ID"), show_default=False,
                   text=_("Only the keys of this municipality."))  # fmt: skip
    as_json = option(
        "--json", text=_("Write one JSON document to stdout and nothing else."), default=False, metavar=" "
    )

    @verb(keys, "list", _("List the keys: whose, what they may do, when they were last used."))
    def listed(
        tenant: str | None = whose,
        json: bool = as_json,
        data_dir: Path | None = data,
        database_url: str | None = url,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        told = _told(data_dir=data_dir, database_url=database_url)
        return service("keys-list")(told, tenant=tenant, as_json=json)


def _add_revoke(keys: typer.Typer) -> None:
    language, debug = language_option(), debug_option()
    data, url = _storage_options()
    one = typer.Argument(
        ..., metavar=_("ID"), show_default=False, help=_("Id of the key, as `turnus keys list` shows it.")
    )

    @verb(keys, "revoke", _("Revoke a key; it opens nothing from now on."))
    def revoke(
        key: str = one,
        data_dir: Path | None = data,
        database_url: str | None = url,
        lang: str | None = language,
        debug: bool = debug,
    ) -> int:
        del lang, debug
        told = _told(data_dir=data_dir, database_url=database_url)
        return service("keys-revoke")(told, key_id=key)
