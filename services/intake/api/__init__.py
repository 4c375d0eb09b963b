"""JSON of the intake service."""

from services.intake.api import items, receipts, speed, submissions, uploads

ROUTERS = (uploads.router, items.router, submissions.router, speed.router, receipts.router)
