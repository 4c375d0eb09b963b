"""JSON of the intake service."""

from services.intake.api import items, submissions, uploads

ROUTERS = (uploads.router, items.router, submissions.router)
