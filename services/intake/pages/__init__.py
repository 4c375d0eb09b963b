"""Pages of the intake service."""

from services.intake.pages import submission

ROUTERS = (submission.router,)
