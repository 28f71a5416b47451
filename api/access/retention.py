"""How long finished runs are kept."""

from __future__ import annotations

import datetime as dt
import logging

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from api.settings import Settings
from api.store import UNFINISHED, AccessRecord, Database, Run, now

_log = logging.getLogger("turnus.access")
_AT_ONCE = 100  # a short transaction each, so that nobody waits for long


def delete_old_runs(database: Database, settings: Settings) -> int:
    """Delete finished runs, with all they left, that are older than the setting; return how many.

    The parts of a sweep go with their sweep. Without the setting everything is kept. Several workers may ask
    at the same time.
    """
    if settings.retention_days is None:
        return 0
    before, deleted = now() - dt.timedelta(days=settings.retention_days), 0
    while True:
        with database.writing() as session:
            found = _delete_some(session, before)
        deleted += found
        if found < _AT_ONCE:
            break
    if deleted:
        _log.info("old runs deleted", extra={"runs": deleted, "days": settings.retention_days})
    return deleted


def _delete_some(session: Session, before: dt.datetime) -> int:
    part = aliased(Run)
    works = exists().where(part.parent_id == Run.id, part.state.in_(UNFINISHED))
    query = select(Run).where(
        Run.parent_id.is_(None), Run.finished_at < before, Run.state.not_in(UNFINISHED), ~works
    )
    runs = session.scalars(query.order_by(Run.id).limit(_AT_ONCE).with_for_update(skip_locked=True)).all()
    for run in runs:
        session.add(
            AccessRecord(tenant_id=run.tenant_id, who="retention", action="run.delete", subject=run.id)
        )
        session.delete(run)
    return len(runs)
