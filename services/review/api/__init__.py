"""The committee's JSON door."""

from services.pages import media
from services.review.api import assignments, queues, submissions

ROUTERS = (queues.router, assignments.router, submissions.router, media.router(), media.bound_router())
