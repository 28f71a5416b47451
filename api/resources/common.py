"""What the routes share: the services behind a request, pages of lists, and links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query, Request
from pydantic import BaseModel, Field
from sqlalchemy import Select
from sqlalchemy.orm import Session

from api.settings import Settings
from api.store import Database

Item = TypeVar("Item")
MOST_ON_A_PAGE = 200


@dataclass(frozen=True)
class Services:
    """What stands behind every request."""

    settings: Settings
    database: Database


# Neither waits for anything: as ordinary functions each would cost every request a change of threads.
async def services_of(request: Request) -> Services:
    """Return the services of the application."""
    found: Services = request.app.state.services
    return found


Served = Annotated[Services, Depends(services_of)]


class Page(BaseModel, Generic[Item]):
    """One page of a list, newest first; `next` is the `after` of the page that follows, null on the last."""

    items: list[Item]
    next: str | None = Field(None, examples=["scn_0664c9d1f0a2b3…"])


@dataclass(frozen=True)
class Paging:
    """Which page is asked for."""

    after: str | None = None
    limit: int = 50


async def _paging(
    after: Annotated[str | None, Query(max_length=64, description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ON_A_PAGE, description="Most items on the page.")] = 50,
) -> Paging:
    return Paging(after, limit)


Paged = Annotated[Paging, Depends(_paging)]


def page_of(
    session: Session, query: Select[Any], key: Any, paging: Paging
) -> tuple[Sequence[Any], str | None]:
    """Return the rows of a page, newest first by an id that sorts by time, and where the next begins."""
    if paging.after is not None:
        query = query.where(key < paging.after)
    rows = session.scalars(query.order_by(key.desc()).limit(paging.limit + 1)).all()
    if len(rows) <= paging.limit:
        return rows, None
    return rows[: paging.limit], str(rows[paging.limit - 1].id)
