"""One person's data: all of it to take along, and their name taken out of everything.

Names travel in bodies, never in addresses, which logs and proxies keep.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from api.access import Caller, Writer, needs
from api.access.erasing import erase
from api.access.log import record
from api.access.people import kept_about
from api.problems import not_found
from api.resources.common import Served, Services
from api.resources.desk import AtDesk
from api.resources.strict import StrictRoute

router = APIRouter(prefix="/v1/people", tags=["access"], route_class=StrictRoute)
Informed = Annotated[Caller, Depends(needs("names"))]


class PersonAsked(BaseModel):
    """Whom it is about, by the name that scenarios give them."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$", examples=["Kari Nordmann"])


class PersonRevision(BaseModel):
    """What one revision says of a person: their own entry, and where else it names them."""

    number: int
    person: dict[str, Any] | None
    named_in: list[Any]


class PersonRun(BaseModel):
    """What one run says of a person: of its row, of its events, and of its files by name."""

    run: str
    kind: str
    row: list[Any]
    events: list[Any]
    files: dict[str, list[Any]]


class PersonScenario(BaseModel):
    """What a scenario and its runs say of a person."""

    scenario: str
    name: str
    unit: str
    revisions: list[PersonRevision]
    runs: list[PersonRun]


class PersonDocument(BaseModel):
    """Everything that is kept about a person."""

    name: str
    scenarios: list[PersonScenario]


class PersonErased(BaseModel):
    """The pseudonym that stands in a person's place from now on, and in which scenarios."""

    pseudonym: str = Field(examples=["Person 1f6c09ae"])
    scenarios: list[str]


@router.post("/export", operation_id="exportPerson")
async def export_person(
    asked: PersonAsked, served: Served, request: Request, desk: AtDesk, caller: Informed
) -> PersonDocument:
    """Return everything that is kept about a person in the scenarios that the caller sees."""
    return await desk.done(lambda: _exported(asked, served, request, caller), caller.tenant)


def _exported(asked: PersonAsked, served: Services, request: Request, caller: Caller) -> PersonDocument:
    with served.database.reading() as session:
        found = [PersonScenario(**one) for one in kept_about(session, caller, asked.name)]
    if not found:
        raise not_found()
    with served.database.writing() as session:
        for one in found:
            record(session, request, caller, "person.export", one.scenario)
    return PersonDocument(name=asked.name, scenarios=found)


@router.post("/erase", operation_id="erasePerson")
async def erase_person(
    asked: PersonAsked, served: Served, request: Request, desk: AtDesk, caller: Writer
) -> PersonErased:
    """Put a pseudonym in a person's place in every revision and every result that the caller sees.

    It cannot be undone. The access log says that it was done, and not to whom. Others read and write
    meanwhile. What takes longer than a caller may wait is done all the same; ask again until it is 404.
    """
    work = partial(erase, served.database, request, caller, asked.name)
    pseudonym, changed = await desk.done(work, caller.tenant)
    if not changed:
        raise not_found()
    return PersonErased(pseudonym=pseudonym, scenarios=changed)
