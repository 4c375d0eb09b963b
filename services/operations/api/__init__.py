"""JSON of the operations service."""

from services.operations.api import jobs, machines

ROUTERS = (machines.router, jobs.router)
