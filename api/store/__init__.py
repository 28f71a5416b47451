"""Rows: tenants, keys, scenarios with their revisions, runs with events and files, the access log."""

from api.store.database import Database, open_database
from api.store.tables import (
    UNFINISHED,
    AccessRecord,
    Artifact,
    Base,
    Delivery,
    Event,
    KeptAnswer,
    Key,
    Lease,
    Revision,
    Run,
    Scenario,
    Tenant,
    new_id,
    now,
)

__all__ = [
    "UNFINISHED",
    "AccessRecord",
    "Artifact",
    "Base",
    "Database",
    "Delivery",
    "Event",
    "KeptAnswer",
    "Key",
    "Lease",
    "Revision",
    "Run",
    "Scenario",
    "Tenant",
    "new_id",
    "now",
    "open_database",
]
