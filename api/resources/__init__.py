"""What can be asked for over HTTP, one file for each kind of thing."""

from api.resources import keys, operation, reference, scenarios

#: Every router, in the order of the documentation.
ROUTERS = (scenarios.router, reference.router, keys.router, operation.router)

__all__ = ["ROUTERS"]
