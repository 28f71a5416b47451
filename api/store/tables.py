"""The tables. Every row that belongs to somebody carries its tenant (a municipality) and unit."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from turnus import Loaded, read_scenario


def new_id(prefix: str) -> str:
    """Return an id nobody can guess that sorts by when it was made: `run_0193…`."""
    return f"{prefix}_{time.time_ns() // 1_000:014x}{secrets.token_hex(8)}"


def now() -> dt.datetime:
    """Return the time in UTC."""
    return dt.datetime.now(dt.UTC)


class UtcTime(TypeDecorator[dt.datetime]):
    """A time in UTC, also where the database keeps no zone (SQLite)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Return what is stored."""
        del dialect
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Return what was stored, with its zone."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


# BIGINT does not count by itself in SQLite.
Counter = BigInteger().with_variant(Integer, "sqlite")
Id = String(64)

#: States of a run that something is still going to happen to.
UNFINISHED = ("queued", "running")


class Base(DeclarativeBase):
    """Base of all tables."""


class Tenant(Base):
    """A municipality, or the one user of a laptop (`local`)."""

    __tablename__ = "tenants"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[dt.datetime] = mapped_column(UtcTime, default=now)


class Key(Base):
    """An API key; only its hash is kept."""

    __tablename__ = "keys"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), index=True)
    unit: Mapped[str | None] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(20))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    name: Mapped[str] = mapped_column(String(200))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcTime, default=now)
    expires_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    last_used_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)


class Scenario(Base):
    """A scenario by its name; what it says stands in its revisions, which never change."""

    __tablename__ = "scenarios"
    __table_args__ = (Index("ix_scenarios_owner", "tenant_id", "unit", "id"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"))
    unit: Mapped[str] = mapped_column(String(100), default="")
    name: Mapped[str] = mapped_column(String(200))
    revision: Mapped[int] = mapped_column(Integer)
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[dt.datetime] = mapped_column(UtcTime, default=now)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcTime, default=now)


class Revision(Base):
    """What a scenario said at one time, as it was uploaded."""

    __tablename__ = "revisions"

    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenarios.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[str] = mapped_column(Text)
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[dt.datetime] = mapped_column(UtcTime, default=now)

    @property
    def is_json(self) -> bool:
        """Whether it was uploaded as JSON, and not as YAML."""
        return self.media_type == "application/json"

    def loaded(self, overrides: Sequence[str] = ()) -> Loaded:
        """Return the scenario that it says, with overrides; raises as `read_scenario` does."""
        return read_scenario(self.content, overrides, is_json=self.is_json)


class Run(Base):
    """A job: what was asked, of which revision, how far it is, and who works on it.

    `attempt` counts the workers that took it; only the latest may write. `crashes` counts those of its
    processes that ended without an answer. `spent_seconds` is what all of them used of its time, so that a
    retry does not begin anew. `phase` is `parts` while a sweep is being divided, otherwise `run`; `wanted`
    is what somebody asked for meanwhile: `cancel`, or `finish` with the best so far.
    """

    __tablename__ = "runs"
    __table_args__ = (
        Index("ix_runs_owner", "tenant_id", "unit", "id"),
        Index("ix_runs_state", "state"),
        Index("ix_runs_parent", "parent_id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"))
    unit: Mapped[str] = mapped_column(String(100), default="")
    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenarios.id", ondelete="CASCADE"), index=True)
    revision: Mapped[int] = mapped_column(Integer)
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(300), default="")
    kind: Mapped[str] = mapped_column(String(40))
    options: Mapped[dict[str, Any]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(20), default="queued")
    wanted: Mapped[str | None] = mapped_column(String(20))
    phase: Mapped[str] = mapped_column(String(10), default="run", server_default="run")
    attempt: Mapped[int] = mapped_column(Integer, default=0)
    crashes: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    executor: Mapped[str | None] = mapped_column(String(200))
    spent_seconds: Mapped[float] = mapped_column(default=0.0)
    status: Mapped[str | None] = mapped_column(String(20))
    summary: Mapped[str | None] = mapped_column(Text)
    goals: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    webhook_url: Mapped[str | None] = mapped_column(String(2000))
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[dt.datetime] = mapped_column(UtcTime, default=now)
    started_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)


class Event(Base):
    """One thing that happened to a run; ids grow, so that a listener can go on where it stopped."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_run", "run_id", "id"),)

    id: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    at: Mapped[dt.datetime] = mapped_column(UtcTime, default=now)
    kind: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class Artifact(Base):
    """A file of a run: its result, its rota, its report, or the best so far."""

    __tablename__ = "artifacts"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[dt.datetime] = mapped_column(UtcTime, default=now)


class KeptAnswer(Base):
    """A solve by the hash of everything it depends on, so that the parts of a sweep share what they found."""

    __tablename__ = "kept_answers"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Lease(Base):
    """A worker that lives: until when it has promised to be heard of again."""

    __tablename__ = "leases"

    executor: Mapped[str] = mapped_column(String(200), primary_key=True)
    until: Mapped[dt.datetime] = mapped_column(UtcTime)


class Delivery(Base):
    """A webhook: what was tried, and how it went."""

    __tablename__ = "deliveries"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), index=True)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    delivered_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    last_error: Mapped[str | None] = mapped_column(String(500))


class AccessRecord(Base):
    """Who read or changed what, and when."""

    __tablename__ = "access_log"
    __table_args__ = (Index("ix_access_log_owner", "tenant_id", "id"),)

    id: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"))
    at: Mapped[dt.datetime] = mapped_column(UtcTime, default=now)
    who: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200))
    request_id: Mapped[str] = mapped_column(String(64), default="")
