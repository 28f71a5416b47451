"""What can be asked for over HTTP, one file for each kind of thing."""

from api.resources import operation, reference, scenarios

#: Every router, in the order of the documentation.
ROUTERS = (scenarios.router, reference.router, operation.router)

__all__ = ["ROUTERS"]
