"""Where a webhook may go: out into the world, and not to what only this machine can reach."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from api.problems import Problem
from api.settings import Settings
from turnus import translated as _

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Target:
    """A webhook's address, looked up: who it is sent to is who was checked."""

    url: str
    host: str
    port: int
    addresses: tuple[str, ...]


def check_target(url: str, settings: Settings) -> Target:
    """Return where a webhook goes.

    Raises
    ------
    Problem
        When it is no http(s) address, its host is not known, or it is a private one.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise _refused(_("Expected an address such as https://example.org/turnus.")) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise _refused(_("Expected an address such as https://example.org/turnus."))
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _refused(_("The webhook's host is not known.")) from None
    addresses = tuple(dict.fromkeys(str(one[4][0]) for one in found))
    if not settings.webhook_private_targets and not all(map(_is_public, addresses)):
        raise _refused(_("The webhook's address is a private one."))
    return Target(url, parts.hostname, port, addresses)


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.split("%")[0])
    return all(one.is_global and not one.is_multicast for one in (found, *_embedded(found)))


def _embedded(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """Return the IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, address.teredo[1] if address.teredo else None]
    if address in _NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return [one for one in found if one is not None]


def _refused(detail: str) -> Problem:
    return Problem(422, "webhook-refused", detail, _("Give a public http or https address."))
