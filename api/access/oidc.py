"""Tokens of OpenID Connect, verified against the issuers that the operator has named and no other."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx2
import jwt

from api.access.caller import ROLES, UNIT_PATTERN, Caller
from api.problems import Problem
from api.settings import TENANT_PATTERN, Settings, is_loopback, issuer_parts
from turnus import translated as _

#: Signatures that only the holder of a private key can make; never `none`, never a shared secret.
ALGORITHMS = ("RS256", "ES256", "EdDSA")
LONGEST_TOKEN = 8_000
_CLOCK_SKEW_SECONDS = 30
_KEYS_KEPT_SECONDS = 600
_PAUSE_SECONDS = 30  # between two fetches, whoever sends tokens with made-up key ids
_FETCH_SECONDS = 5
_MOST_BYTES = 256_000

Fetch = Callable[[str], Any]


def fetched(url: str) -> Any:
    """Return the JSON document at a URL: not through redirects, not for long, and not a large one.

    Raises
    ------
    ValueError
        When it is somewhere else, too large, or not JSON.
    httpx2.HTTPError
        When it cannot be had.
    """
    address = urlsplit(url)
    if address.scheme != "https" and not is_loopback(address.hostname):
        raise ValueError(f"{url} is not https")
    with httpx2.stream("GET", url, timeout=_FETCH_SECONDS, follow_redirects=False) as answer:
        answer.raise_for_status()
        body = b""
        for part in answer.iter_bytes():
            body += part
            if len(body) > _MOST_BYTES:
                raise ValueError(f"{url} is too large")
    return json.loads(body)


class Issuer:
    """One issuer and the keys that it signs with, fetched when they are needed and kept for a while."""

    def __init__(self, url: str, tenant: str | None, fetch: Fetch = fetched) -> None:
        self.url, self.tenant, self._fetch = url, tenant, fetch
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched_at = self._tried_at = float("-inf")
        self._problem: Problem | None = None
        self._lock = threading.Lock()

    def key(self, kid: str) -> jwt.PyJWK | None:
        """Return a key by its id; None when the issuer has no such key.

        An unknown id makes the keys be fetched again, because issuers change them, but not often: anybody can
        send made-up ids. Keys that were good go on being good while the issuer cannot be reached.

        Raises
        ------
        Problem
            503 when no keys could be had at all.
        """
        if self._is_due(kid) and self._lock.acquire(blocking=kid not in self._keys):
            try:
                if self._is_due(kid):
                    self._renew()
            finally:
                self._lock.release()
        if self._problem is not None and not self._keys:
            raise self._problem
        return self._keys.get(kid)

    def _is_due(self, kid: str) -> bool:
        age, pause = time.monotonic() - self._fetched_at, time.monotonic() - self._tried_at
        return (kid not in self._keys or age > _KEYS_KEPT_SECONDS) and pause > _PAUSE_SECONDS

    def _renew(self) -> None:
        try:
            about = self._fetch(f"{self.url.rstrip('/')}/.well-known/openid-configuration")
            if about["issuer"] != self.url:
                raise ValueError(f"{self.url} calls itself {about['issuer']!r}")
            found = self._fetch(str(about["jwks_uri"]))["keys"]
            self._keys = {kid: key for kid, key in map(_usable, found) if key is not None}
            self._fetched_at, self._problem = time.monotonic(), None
        except (httpx2.HTTPError, ValueError, KeyError, TypeError) as error:
            self._problem = _unreachable(self.url, error)
        finally:
            self._tried_at = time.monotonic()


def _usable(given: Any) -> tuple[str, jwt.PyJWK | None]:
    """Return a key with its id, and None instead of one that signs in another way or for another use."""
    if not isinstance(given, dict) or given.get("use", "sig") != "sig":
        return "", None
    try:
        key = jwt.PyJWK(given)
    except jwt.PyJWTError:
        return "", None
    return str(given.get("kid", "")), key if key.algorithm_name in ALGORITHMS else None


class Tokens:
    """What tells who a token is from."""

    def __init__(self, settings: Settings, fetch: Fetch = fetched) -> None:
        self.settings = settings
        parts = map(issuer_parts, settings.oidc_issuers)
        self.issuers = {url: Issuer(url, tenant, fetch) for tenant, url in parts}

    def caller(self, token: str) -> Caller:
        """Return the caller that a token stands for.

        Raises
        ------
        Problem
            401 when the token is not good, 403 when it does not say enough.
        """
        if len(token) > LONGEST_TOKEN or token.count(".") != 2:
            raise refused(_("This is neither a key nor a token."))
        try:
            issuer, claims = self._verified(token)
        except jwt.ExpiredSignatureError:
            raise refused(_("The token has expired.")) from None
        except (jwt.PyJWTError, ValueError, TypeError):
            raise refused(_("The token is not one that this service accepts.")) from None
        return self._caller(issuer, claims)

    def _verified(self, token: str) -> tuple[Issuer, dict[str, Any]]:
        header = jwt.get_unverified_header(token)
        unproven = jwt.decode(token, options={"verify_signature": False})
        issuer = self.issuers.get(str(unproven.get("iss")))
        key = None if issuer is None else issuer.key(str(header.get("kid", "")))
        if issuer is None or key is None or header.get("alg") != key.algorithm_name:
            raise jwt.InvalidTokenError
        claims = jwt.decode(
            token, key, algorithms=list(ALGORITHMS), audience=self.settings.oidc_audience, issuer=issuer.url,
            leeway=_CLOCK_SKEW_SECONDS, options={"require": ["exp", "iss", "aud", "sub"]},
        )  # fmt: skip
        return issuer, claims

    def _caller(self, issuer: Issuer, claims: Mapping[str, Any]) -> Caller:
        names = self.settings
        tenant = claims.get(names.oidc_tenant_claim, issuer.tenant)
        if not _matches(TENANT_PATTERN, tenant) or issuer.tenant not in (None, tenant):
            raise _says_too_little(names.oidc_tenant_claim)
        unit = claims.get(names.oidc_unit_claim)
        if unit is not None and not _matches(UNIT_PATTERN, unit):
            raise _says_too_little(names.oidc_unit_claim)
        said = claims.get(names.oidc_role_claim)
        roles = [role for role in ROLES if role == said or (isinstance(said, list) and role in said)]
        if len(roles) != 1:
            raise _says_too_little(names.oidc_role_claim)
        who = "".join(sign if sign.isprintable() else "?" for sign in f"oidc:{claims['sub']}"[:200])
        return Caller(tenant, roles[0], who, unit, ROLES[roles[0]])


def _matches(pattern: str, value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None and value.isprintable()


def refused(detail: str, *, given: bool = True) -> Problem:
    """Return the answer to a request whose key or token does not open; `given` when there was one."""
    challenge = 'Bearer realm="turnus"' + (', error="invalid_token"' if given else "")
    hint = _("Send Authorization: Bearer with a key that is good, or with a new token.")
    return Problem(401, "not-known", detail, hint, headers={"WWW-Authenticate": challenge})


def _says_too_little(claim: str) -> Problem:
    text = _("The token's claim “{claim}” does not say what it must say here.").format(claim=claim)
    return Problem(403, "claims-missing", text, _("Ask whoever runs the sign-in service to add it."))


def _unreachable(url: str, error: Exception) -> Problem:
    text = _("The sign-in service {url} cannot be reached: {reason}.")
    told = text.format(url=url, reason=str(error) or type(error).__name__)
    pause = {"Retry-After": str(_PAUSE_SECONDS)}
    return Problem(503, "issuer-unreachable", told, _("Try again in a minute."), headers=pause)
