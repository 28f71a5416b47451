"""Every route of the service asked by somebody who must see nothing, with real ids of somebody else."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from httpx2 import Response

#: What anybody may ask, with or without a key: nothing in it belongs to anybody.
OPEN = {"getHealth", "getReadiness", "getMetrics"}
#: Routes outside the OpenAPI document that hold nobody's rows.
HIDDEN = {"/openapi.json", "/docs", "/docs/oauth2-redirect", "/redoc", "/static-offline-docs"}
#: Parameters of paths that are nobody's: rules and templates are the same for all.
SHARED = {"rule_id": "daily_rest", "template_id": "shared-housing"}

Ask = Callable[..., Response]


@dataclass
class Theirs:
    """What belongs to somebody else.

    `ids` fills parameters of paths and queries by name, `bodies` and `headers` requests by operation id;
    `words` must occur in no answer. `own` gives what the one who asks has of the same kind, by its id: bodies
    with several ids are sent with one of theirs among the asker's own, too.
    """

    ids: Mapping[str, Any]
    bodies: Mapping[str, Any]
    words: tuple[str, ...]
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)


def operations(app: FastAPI) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield method, path and description of each documented route."""
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def undocumented(app: FastAPI) -> Iterator[str]:
    """Yield the routes that the OpenAPI document does not tell of, and that are not known here."""
    documented = {path for _method, path, _operation in operations(app)}
    for path in _paths(app.routes):
        if path not in documented | HIDDEN:
            yield f"{path}: not in the OpenAPI document; document it or list it in HIDDEN"


def _paths(routes: Any) -> Iterator[str]:
    for route in routes:
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        if hasattr(route, "path") and inner is None:
            yield route.path
        elif inner is not None:
            yield from _paths(inner.routes)
        else:
            yield f"{type(route).__name__} without a path"


def complaints(app: FastAPI, ask: Ask, theirs: Theirs) -> Iterator[str]:
    """Yield what a stranger, who has a key of their own, gets to see or cannot be asked."""
    yield from undocumented(app)
    for method, path, operation in operations(app):
        name = operation["operationId"]
        try:
            urls = set(_addresses(path, operation, theirs))
            told = _sent(name, operation, theirs)
        except KeyError as missing:
            yield f"{name}: fill {missing} in tests/api/test_tenants.py"
            continue
        found = [
            line
            for url, about_somebody in sorted(urls)
            for one in (told, *_mixed(told, theirs))
            for line in _wrong(ask(method, url, **one), about_somebody or _names_id(one, theirs), theirs)
        ]
        yield from (f"{name}: {line}" for line in dict.fromkeys(found))


def _wrong(answer: Response, owned: bool, theirs: Theirs) -> Iterator[str]:
    """Yield what is wrong with an answer to a stranger; `owned` when it was about something of theirs."""
    if owned and answer.status_code != 404:
        yield f"{answer.status_code} instead of 404"
    if answer.status_code >= 500:
        yield str(answer.status_code)
    seen = [word for word in theirs.words if word in answer.text + str(answer.headers)]
    if seen:
        yield f"shows {seen}"


def open_to_nobody(app: FastAPI, ask: Ask, theirs: Theirs) -> Iterator[str]:
    """Yield the routes that answer without a key, and are not meant to."""
    for method, path, operation in operations(app):
        name = operation["operationId"]
        if name not in OPEN:
            try:
                url, _about_somebody = next(_addresses(path, operation, theirs))
                told = _sent(name, operation, theirs)
            except KeyError as missing:
                yield f"{name}: fill {missing} in tests/api/test_tenants.py"
                continue
            answer = ask(method, url, **told)
            if answer.status_code != 401 or "WWW-Authenticate" not in answer.headers:
                yield f"{name}: {answer.status_code} instead of 401"


def _addresses(path: str, operation: Mapping[str, Any], theirs: Theirs) -> Iterator[tuple[str, bool]]:
    """Yield the address with all parameters filled, with those that must be, and with each of the others."""
    known = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"} & set(theirs.ids)
    for optional in (known, (), *([name] for name in sorted(known))):
        yield _filled(path, operation, theirs, optional)


def _filled(
    path: str, operation: Mapping[str, Any], theirs: Theirs, optional: Collection[str]
) -> tuple[str, bool]:
    """Return the address with its parameters filled, and whether it is about something of theirs."""
    query, about_somebody = [], False
    for parameter in operation.get("parameters", ()):
        name = parameter["name"]
        if parameter["in"] == "path":
            about_somebody |= name not in SHARED
            path = path.replace("{" + name + "}", str(SHARED[name] if name in SHARED else theirs.ids[name]))
        elif parameter["in"] == "query" and (parameter.get("required") or name in optional):
            query.append(f"{name}={theirs.ids[name]}")
    return path + ("?" + "&".join(query) if query else ""), about_somebody


def _sent(name: str, operation: Mapping[str, Any], theirs: Theirs) -> dict[str, Any]:
    headers = dict(theirs.headers.get(name, {}))
    if "requestBody" not in operation:
        return {"headers": headers}
    body = theirs.bodies[name]
    if isinstance(body, str):
        return {"content": body, "headers": {"Content-Type": "application/yaml"} | headers}
    return {"json": body, "headers": headers}


def _mixed(told: Mapping[str, Any], theirs: Theirs) -> Iterator[dict[str, Any]]:
    """Yield the request with one of their ids, wherever it stands, and the asker's own for the others."""
    text = json.dumps(told.get("json", ""))
    named = [one for one in theirs.own if one in text]
    for kept in named if len(named) > 1 else ():
        mixed = text
        for other in named:
            mixed = mixed if other == kept else mixed.replace(other, theirs.own[other])
        yield {**told, "json": json.loads(mixed)}


def _names_id(told: Mapping[str, Any], theirs: Theirs) -> bool:
    text = json.dumps(told.get("json", ""))
    return any(isinstance(one, str) and one in text for one in (*theirs.ids.values(), *theirs.own))
