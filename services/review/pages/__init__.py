"""The committee's pages."""

from services.review.pages import assignments, queues

ROUTERS = (queues.router, assignments.router)
