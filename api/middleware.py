"""What surrounds every request: its id, its language, its log line, and a limit on its body."""

from __future__ import annotations

import logging
import re
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import REQUEST_ID
from api.problems import Place, Problem, internal_error, problem_response
from turnus import known_language, using_language
from turnus import translated as _

_log = logging.getLogger("turnus.api.access")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestContext:
    """Give each request an id and a language, and write one log line about it."""

    def __init__(self, app: ASGIApp, default_language: str) -> None:
        self.app, self.default_language = app, default_language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        REQUEST_ID.set(request_id)
        started, status = time.monotonic(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                out = MutableHeaders(scope=message)
                out["X-Request-Id"] = request_id
                out["X-Content-Type-Options"] = "nosniff"
                out.setdefault("Cache-Control", "no-store")
            await send(message)

        language = self._language(headers, QueryParams(scope["query_string"]))
        try:
            with using_language(language):
                await self._answered(scope, receive, answer)
        finally:
            _log.info(
                "request",
                extra={
                    "request_id": request_id, "method": scope["method"], "path": scope["path"],
                    "status": status, "milliseconds": round((time.monotonic() - started) * 1000, 1),
                },
            )  # fmt: skip

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request; what nobody has thought of is answered here, where its language is known."""
        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, answer)
        except Exception as error:
            if begun:  # half an answer cannot be taken back
                raise
            await internal_error(Request(scope), error)(scope, receive, send)

    def _language(self, headers: Headers, query: QueryParams) -> str:
        wanted = [query.get("lang", "")]
        wanted += [part.split(";")[0].strip() for part in headers.get("accept-language", "").split(",")]
        known = (known_language(word) for word in wanted[:20] if word)
        return next((code for code in known if code), self.default_language)


class BodyLimit:
    """Refuse a body that is larger than the limit, without reading the rest of it."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self.app, self.most_bytes = app, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        told = Headers(scope=scope).get("content-length", "")
        if told.isdecimal() and int(told[:20]) > self.most_bytes:
            await problem_response(Request(scope), self._problem())(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most_bytes:
                raise self._problem()
            return message

        await self.app(scope, counted, send)

    def _problem(self) -> Problem:
        text = _("Expected at most {most} bytes.").format(most=self.most_bytes)
        return Problem(413, "body-too-large", text, _("Is it the right file? Send one unit at a time."))


class PlainQuery:
    """Refuse what no route takes: a value told twice, and text with a zero byte, which no database keeps."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        place = _wrong_in(scope) if scope["type"] == "http" else None
        if place is None:
            await self.app(scope, receive, send)
            return
        detail = f"{place.path}: {place.expected}; {place.found}"
        problem = Problem(400, "request-invalid", detail, place.hint, [place])
        await problem_response(Request(scope), problem)(scope, receive, send)


def _wrong_in(scope: Scope) -> Place | None:
    """Return what is wrong with path or query, if anything."""
    pairs = QueryParams(scope["query_string"]).multi_items()
    zero = next((f"query.{name}" for name, value in pairs if "\0" in name + value), None)
    if "\0" in scope["path"] or zero:
        return Place(path=(zero or "path").replace("\0", ""), expected=_("expected text that can be stored"),
                     found=_("found a zero byte or half a character"), hint=_("Take it out."))  # fmt: skip
    names = [name for name, _value in pairs]
    twice = next((name for name in names if names.count(name) > 1), None) if len(names) < 100 else names[0]
    if twice is None:
        return None
    found = _("found {n}").format(n=names.count(twice))
    expected, hint = _("expected each value once"), _("Take out one of the two.")
    return Place(path=f"query.{twice}", expected=expected, found=found, hint=hint)


class LocalOnly:
    """Answer this machine's own user alone: no page of another site may ask in the user's browser.

    Without keys the browser is the only guard. A site that gives its name this machine's address, or sends
    a form to it, is told apart by the `Host` and `Origin` that the browser sends.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self.app, self.hosts = app, {host, "localhost", "127.0.0.1", "::1"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if _name_of(host) in self.hosts and origin in (None, f"http://{host}"):
            await self.app(scope, receive, send)
            return
        text = _("Without keys only this machine is answered; found {value}.").format(value=origin or host)
        problem = Problem(403, "not-local", text, _("Use {url}, or start with --access keys.").format(
            url="http://localhost"))  # fmt: skip
        await problem_response(Request(scope), problem)(scope, receive, send)


def _name_of(host: str) -> str:
    """Return a host without its port: `[::1]:8000` is `::1`."""
    return host.partition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
