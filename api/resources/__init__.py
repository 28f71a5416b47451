"""What can be asked for over HTTP, one file for each kind of thing."""

from api.resources import scenarios

#: Every router, in the order of the documentation.
ROUTERS = (scenarios.router,)

__all__ = ["ROUTERS"]
