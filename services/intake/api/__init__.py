"""JSON of the intake service."""

from services.intake.api import items, uploads

ROUTERS = (uploads.router, items.router)
