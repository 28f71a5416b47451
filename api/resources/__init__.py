"""What can be asked for over HTTP, one file for each kind of thing."""

from api.resources import events, runs, scenarios

#: Every router, in the order of the documentation.
ROUTERS = (scenarios.router, runs.router, events.router)

__all__ = ["ROUTERS"]
