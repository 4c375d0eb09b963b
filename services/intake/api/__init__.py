"""JSON of the intake service."""

from services.intake.api import items, receipts, submissions, uploads

ROUTERS = (uploads.router, items.router, submissions.router, receipts.router)
