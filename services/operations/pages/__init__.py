"""Pages of the operations service."""

from services.operations.pages import machines

ROUTERS = (machines.router,)
