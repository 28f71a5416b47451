"""The service without keys: for one user, on this machine, asked by nobody else."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

from api.problems import Problem
from api.settings import Settings, is_loopback
from turnus import Finding, InputError
from turnus import translated as _


def refuse_open_house(settings: Settings) -> None:
    """Refuse to listen where others could ask a service that asks nobody for a key.

    Raises
    ------
    InputError
        When there are no keys and the address is not this machine's own.
    """
    if settings.access == "local" and not is_loopback(settings.host):
        raise InputError([Finding(
            ("TURNUS_HOST",), _("expected 127.0.0.1 as long as nobody is asked for a key"),
            _("found {value}").format(value=repr(settings.host)),
            _("Serve with --access keys, and make keys with `turnus keys create`; or leave --host out."),
        )])  # fmt: skip


def house_rules(settings: Settings) -> str:
    """Return what `turnus serve` says at its start about who may come in."""
    if settings.access == "local":
        return _("For one user on this machine: nobody is asked for a key, and no other machine can connect.")
    return _("Only those with a key or a token come in; `turnus keys create` makes keys.")


def check_origin(request: Request) -> None:
    """Refuse what a page of the internet makes the user's browser ask.

    A page can send requests to this machine, and can give this machine a name of its own; it cannot hide
    where it is from, and its name has a dot.
    """
    host, origin = request.url.hostname or "", request.headers.get("origin")
    foreign = "." in host and not is_loopback(host)
    if foreign or (origin is not None and urlsplit(origin).netloc != request.url.netloc):
        raise Problem(403, "foreign-page", _("A page of another site asked for this."),
                      _("Open the service by the address that it said at its start."))  # fmt: skip
