"""Workers that live, and how the others notice that one does not."""

from __future__ import annotations

import datetime as dt
import os
import socket

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.store import Database, Lease, now


def renew(database: Database, executor: str, seconds: float) -> None:
    """Promise to be heard of again within so many seconds."""
    with database.writing() as session:
        session.merge(Lease(executor=executor, until=now() + dt.timedelta(seconds=seconds)))


def withdraw(database: Database, executor: str) -> None:
    """Say that a worker leaves."""
    with database.writing() as session:
        session.execute(delete(Lease).where(Lease.executor == executor))


def silent(session: Session) -> list[Lease]:
    """Return the leases of workers that are gone: past their promise, or of a process that has ended here.

    In PostgreSQL the rows are locked, and those that another is looking at are left to it, so that no
    worker's runs are taken over twice.
    """
    leases = session.scalars(select(Lease).with_for_update(skip_locked=True))
    return [one for one in leases if one.until < now() or _has_ended(one.executor)]


def _has_ended(executor: str) -> bool:
    """Whether a worker was a process of this machine that is no longer there."""
    host, _colon, rest = executor.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False
