"""The committee's JSON door."""

from services.review.api import assignments, queues, submissions

ROUTERS = (queues.router, assignments.router, submissions.router)
