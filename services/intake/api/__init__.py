"""JSON of the intake service."""

from services.intake.api import items, receipts, speed, stages, submissions, uploads

ROUTERS = (uploads.router, items.router, submissions.router, stages.router, speed.router, receipts.router)
