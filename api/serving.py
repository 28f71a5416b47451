"""The service as a process: what is looked at before it starts, and how it stops."""

from __future__ import annotations

import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from api.access import LOCAL_TENANT
from api.access.keys import ensure_tenant
from api.app import create_app
from api.commands.common import rows_of
from api.jobs.dbos_queue import DbosQueue
from api.jobs.worker import Worker
from api.logs import start_logging
from api.middleware import LocalOnly
from api.settings import Settings
from turnus import Finding, InputError
from turnus import translated as _

_LEAVE_SECONDS = 10
_WAITING_CONNECTIONS = 512


def serve(settings: Settings) -> int:
    """Serve until SIGTERM or Ctrl-C, then answer what was asked and give back what is unfinished.

    Raises
    ------
    InputError
        When it cannot start: a setting, the folder, the database or the port, and what to do about it.
    """
    refuse_open_door(settings)
    refuse_folder(settings)
    with listening(settings) as door, rows_of(settings) as database:
        start_logging(settings.log_level)
        with database.writing() as session:
            ensure_tenant(session, LOCAL_TENANT)
        queue = DbosQueue(settings.queue_url)
        worker = Worker(settings, database, queue) if settings.workers else None
        try:
            if worker is not None:
                worker.start()
            _answer(create_app(settings, database, queue=queue), settings, door)
        finally:
            if worker is not None:
                worker.stop()
            queue.close()
    return 0


def refuse_open_door(settings: Settings) -> None:
    """Refuse to listen without keys where others can reach the service."""
    if settings.access == "local" and not settings.is_local:
        raise InputError([
            Finding(
                ("TURNUS_HOST",), _("expected a loopback address, because nobody is asked for a key"),
                _("found {value}").format(value=repr(settings.host)),
                _("Use 127.0.0.1, or --access keys and `turnus keys create`."),
            )
        ])  # fmt: skip


def refuse_folder(settings: Settings) -> None:
    """Refuse a folder for the databases that cannot be made or written."""
    if settings.database_url is not None:
        return
    folder = Path(settings.data_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".start-"):
            pass
    except OSError as error:
        raise InputError([
            Finding(
                ("TURNUS_DATA_DIR",), _("expected a folder that can be written"),
                f"{folder}: {_('found {value}').format(value=error.strerror)}",
                _("Name another with --data, or correct its rights."),
            )
        ]) from None  # fmt: skip


@contextmanager
def listening(settings: Settings) -> Iterator[socket.socket]:
    """Yield a socket that listens.

    Raises
    ------
    InputError
        When the port is taken, or the address is not this machine's.
    """
    door: socket.socket | None = None
    try:
        family, kind, number, _name, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        door = socket.socket(family, kind, number)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(_WAITING_CONNECTIONS)
    except (OSError, UnicodeError) as error:
        if door is not None:
            door.close()
        raise InputError([
            Finding(
                ("TURNUS_PORT",),
                _("expected to listen at {host}:{port}").format(host=settings.host, port=settings.port),
                _("found {value}").format(value=getattr(error, "strerror", None) or error),
                _("Is it running already? Choose another with --port; 0 takes a free one."),
            )
        ]) from None  # fmt: skip
    with door:
        yield door


def url_of(settings: Settings, door: socket.socket) -> str:
    """Return where the service is found."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{door.getsockname()[1]}"


class _Server(uvicorn.Server):
    """A server that tells its address once it answers, and ends streams before it waits for them."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, welcome: str) -> None:
        super().__init__(config)
        self.app, self.welcome = app, welcome

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(self.welcome)
            sys.stdout.flush()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End every stream of events, then leave."""
        await self.app.state.hub.close()
        await super().shutdown(sockets)


def _answer(app: FastAPI, settings: Settings, door: socket.socket) -> None:
    guarded = LocalOnly(app, settings.host) if settings.access == "local" else app
    config = uvicorn.Config(
        guarded, log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=_LEAVE_SECONDS,
    )  # fmt: skip
    server = _Server(config, app, _welcome(settings, url_of(settings, door)))
    # uvicorn raises the signal again once it has left; the worker is still to be stopped then.
    before = {
        number: signal.signal(number, lambda *_told: None) for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        server.run(sockets=[door])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _welcome(settings: Settings, url: str) -> str:
    lines = [_("turnus answers at {url}; its documentation is at {url}/docs.").format(url=url)]
    if settings.access == "local":
        lines.append(_("There are no keys: everybody on this machine, and nobody else, may use it."))
    if not settings.workers:
        lines.append(_("Runs wait for `turnus worker`."))
    return "\n".join(lines) + "\n"
