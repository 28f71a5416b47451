"""JSON bodies read strictly: nothing that a database, or another reader, would take otherwise."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from math import isfinite
from typing import Any, NoReturn

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from api.access import caller_of
from api.problems import Place, Problem
from turnus import translated as _

MOST_DEPTH = 40
MOST_VALUES = 300_000
_SURROGATE = re.compile("[\ud800-\udfff]")


class StrictRequest(Request):
    """A request whose JSON body is read strictly."""

    async def json(self) -> Any:
        """Return what the body says; see `strict_json`."""
        return strict_json(await self.body())


class StrictRoute(APIRoute):
    """A route for known callers whose JSON body is read strictly; every route with a body is one."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what handles a request."""
        handler = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            await run_in_threadpool(caller_of, request)  # nothing of anybody unknown is read
            if self.body_field is not None:
                _refuse_other(request.headers.get("content-type", ""))
            return await handler(StrictRequest(request.scope, request.receive))

        return strictly


def _refuse_other(media_type: str) -> None:
    kind = media_type.split(";")[0].strip().lower()
    if kind != "application/json":
        text = _("Expected JSON; found {value}.").format(value=repr(kind))
        raise Problem(415, "media-type", text, _("Send it with Content-Type application/json."))


def strict_json(raw: bytes) -> Any:
    """Return what a text of JSON says.

    Raises
    ------
    Problem
        400, with line and column: no UTF-8, no JSON, nested too deeply, a key twice, NUL, half a surrogate
        pair, or a number that is not finite or longer than any field takes.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        _refuse(_("expected text in UTF-8"), _("found other bytes"), line)
    try:
        found = json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer)
    except json.JSONDecodeError as error:
        _refuse(_("expected JSON"), error.msg, error.lineno, error.colno)
    except RecursionError:
        _refuse(*_too_deep())
    for count, (part, depth) in enumerate(_parts(found)):
        if count > MOST_VALUES:
            _refuse(_("expected at most {most} values").format(most=MOST_VALUES), _("found more"))
        _check(part, depth)
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counted = Counter(key for key, _value in pairs)
        twice = next(key for key, count in counted.items() if count > 1)
        _refuse(_("expected each key once"), _("found {value}").format(value=repr(twice[:80])))
    return found


def _constant(word: str) -> NoReturn:
    _refuse(_("expected a finite number"), _("found {value}").format(value=word))


def _integer(digits: str) -> int:
    if len(digits) > 19:
        _refuse(_("expected a number of at most 18 digits"), _("found {n}").format(n=len(digits)))
    return int(digits)


def _parts(found: Any) -> Iterator[tuple[Any, int]]:
    """Yield every value and key with how deep it lies."""
    waiting = [(found, 0)]
    while waiting:
        part, depth = waiting.pop()
        yield part, depth
        if isinstance(part, list):
            waiting.extend((one, depth + 1) for one in part)
        elif isinstance(part, dict):
            waiting.extend((one, depth + 1) for pair in part.items() for one in pair)


def _check(part: Any, depth: int) -> None:
    if depth > MOST_DEPTH:
        _refuse(*_too_deep())
    if isinstance(part, str) and ("\0" in part or _SURROGATE.search(part)):
        _refuse(_("expected text that can be stored"), _("found a zero byte or half a character"))
    if isinstance(part, float) and not isfinite(part):
        _refuse(_("expected a finite number"), _("found {value}").format(value=part))


def _too_deep() -> tuple[str, str]:
    text = _("expected at most {most} levels of nesting")
    return text.format(most=MOST_DEPTH), _("found a deeper one")


def _refuse(expected: str, found: str, line: int | None = None, column: int | None = None) -> NoReturn:
    hint = _("Correct the JSON and send it again.")
    place = Place(path="body", line=line, column=column, expected=expected, found=found, hint=hint)
    raise Problem(400, "json-invalid", f"body: {expected}; {found}", hint, [place])
