"""Pages of the operations service."""

from services.operations.pages import jobs, machines, mail

ROUTERS = (machines.router, jobs.router, mail.router)
