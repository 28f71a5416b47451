"""What can be asked for over HTTP, one file for each kind of thing."""

from api.resources import audits, operation, reference, scenarios

#: Every router, in the order of the documentation.
ROUTERS = (scenarios.router, audits.router, reference.router, operation.router)

__all__ = ["ROUTERS"]
