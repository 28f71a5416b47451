"""What can be asked for over HTTP, one file for each kind of thing."""

from api.resources import (
    audits,
    comparisons,
    events,
    keys,
    operation,
    people,
    reference,
    revisions,
    run_files,
    runs,
    scenarios,
)

#: Every router, in the order of the documentation.
ROUTERS = (
    scenarios.router,
    revisions.router,
    runs.router,
    run_files.router,
    events.router,
    audits.router,
    comparisons.router,
    reference.router,
    keys.router,
    people.router,
    operation.router,
)

__all__ = ["ROUTERS"]
