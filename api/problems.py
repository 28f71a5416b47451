"""What goes wrong, as `application/problem+json` (RFC 9457): what, where, and what to do about it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from turnus import Finding, ImpossibleError, InputError
from turnus import translated as _

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger("turnus.api")
_MOST_FINDINGS = 50


class Place(BaseModel):
    """One thing that is wrong: where it stands, what was expected, what was found, what to do."""

    path: str = Field(examples=["staff.3.size"])
    line: int | None = Field(None, examples=[14])
    column: int | None = Field(None, examples=[11])
    expected: str
    found: str
    hint: str


class ProblemDocument(BaseModel):
    """A problem after RFC 9457, with a stable `code`, each place, and a hint."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Unprocessable Content",
                    "status": 422,
                    "code": "scenario-invalid",
                    "detail": "staff.0.size: expected a number; found 'mye'.",
                    "where": [
                        {
                            "path": "staff.0.size", "line": 14, "column": 11,
                            "expected": "expected a number", "found": "found 'mye'", "hint": "Write 80.",
                        }
                    ],
                    "hint": "Write 80.",
                    "request_id": "4f1c",
                }
            ]
        }
    )  # fmt: skip

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    where: list[Place] = []
    hint: str = ""
    request_id: str = ""


class Problem(HTTPException):
    """Something a client can be told and can do something about.

    It is an `HTTPException`, because those alone come through unchanged where FastAPI reads a body.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        hint: str = "",
        where: Sequence[Place] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.status, self.code, self.hint, self.where = status, code, hint, tuple(where)


def not_found() -> Problem:
    """Return what everything that is not there, or not the caller's, is answered with."""
    return Problem(404, "not-found", _("There is nothing here that you can see."),
                   _("Check the id, and that the key belongs to the same unit."))  # fmt: skip


def place_of(finding: Finding) -> Place:
    """Return a finding of turnus as a place."""
    path = ".".join(str(part) for part in finding.path)
    return Place(path=path, line=finding.line, column=finding.column,
                 expected=finding.expected, found=finding.found, hint=finding.hint)  # fmt: skip


def input_problem(error: InputError | ImpossibleError, code: str = "scenario-invalid") -> Problem:
    """Return what turnus refused, every finding with its place."""
    findings = error.findings[:_MOST_FINDINGS]
    detail = " ".join(finding.sentence() for finding in findings[:3])
    code = "impossible" if isinstance(error, ImpossibleError) else code
    return Problem(
        422, code, detail, findings[0].hint if findings else "", [place_of(one) for one in findings]
    )


def not_allowed(scope: str) -> Problem:
    """Return what a caller is told who lacks a right."""
    text = _("Your key may not do this; it lacks the right “{scope}”.").format(scope=scope)
    return Problem(403, "not-allowed", text, _("Ask for a key with another role."))


def invalid_request(places: Sequence[Place]) -> Problem:
    """Return what a request that does not say what a route expects is answered with."""
    return Problem(422, "request-invalid", detail_of(places), _("See /docs for what is expected."), places)


def detail_of(places: Sequence[Place]) -> str:
    """Return the first few places in one line."""
    return "; ".join(f"{place.path}: {place.expected}" for place in places[:3])


def add_problem_handlers(app: FastAPI) -> None:
    """Let every error leave as problem+json, and none with a stack trace."""

    @app.exception_handler(Problem)
    async def told(request: Request, problem: Problem) -> JSONResponse:
        return problem_response(request, problem)

    @app.exception_handler(InputError)
    async def refused(request: Request, error: InputError) -> JSONResponse:
        return problem_response(request, input_problem(error))

    @app.exception_handler(ImpossibleError)
    async def impossible(request: Request, error: ImpossibleError) -> JSONResponse:
        return problem_response(request, input_problem(error))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        return problem_response(request, _of_http(request, error))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return problem_response(request, invalid_request(places_of(error.errors())))

    @app.exception_handler(OperationalError)
    @app.exception_handler(PoolTimeout)
    async def unreachable(request: Request, error: Exception) -> JSONResponse:
        _log.error("the database does not answer", exc_info=error)
        return problem_response(request, Problem(503, "database-unreachable",
                         _("The database does not answer."), _("Try again in a while."),
                         headers={"Retry-After": "5"}))  # fmt: skip


def internal_error(request: Request, error: Exception) -> JSONResponse:
    """Return what everything is answered with that nobody has thought of, and log what it was."""
    _log.error("internal error", exc_info=error)
    problem = Problem(500, "internal-error", _("Something went wrong here."),
                      _("Tell the operator the request id."))  # fmt: skip
    return problem_response(request, problem)


def _of_http(request: Request, error: HTTPException) -> Problem:
    if error.status_code == 404:
        return not_found()
    if error.status_code == 405:
        return _wrong_method(request)
    return Problem(error.status_code, "http-error", str(error.detail), _("See /docs for what is expected."),
                   headers=error.headers)  # fmt: skip


def _wrong_method(request: Request) -> Problem:
    """Return what is said of a method that an address does not have: each route knows only its own."""
    path = getattr(request.scope.get("route"), "path", "")
    known = ", ".join(method.upper() for method in request.app.openapi()["paths"].get(path, {"get": None}))
    text = _("Expected {methods} here; found {value}.").format(methods=known, value=request.method[:20])
    return Problem(405, "method-not-allowed", text, _("See /docs for what is expected."),
                   headers={"Allow": known})  # fmt: skip


def places_of(errors: Sequence[Any], *before: str) -> list[Place]:
    """Return what pydantic found wrong as places, each path after some words."""
    return [
        Place(
            path=".".join(str(part) for part in (*before, *one["loc"])),
            expected=str(one["msg"]),
            found=_("found {value}").format(value=_short(one.get("input"))),
            hint="",
        )
        for one in errors[:_MOST_FINDINGS]
    ]


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"


def problem_response(request: Request, problem: Problem) -> JSONResponse:
    """Return a problem as the answer to a request."""
    document = ProblemDocument(
        title=HTTPStatus(problem.status).phrase,
        status=problem.status,
        code=problem.code,
        detail=problem.detail,
        where=list(problem.where),
        hint=problem.hint,
        request_id=getattr(request.state, "request_id", ""),
    )
    return JSONResponse(document.model_dump(), problem.status, headers=problem.headers, media_type=MEDIA_TYPE)


#: What every route may answer with, for the OpenAPI document.
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemDocument, "description": HTTPStatus(status).phrase,
             "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}}
    for status in (400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429, 503)
}  # fmt: skip
