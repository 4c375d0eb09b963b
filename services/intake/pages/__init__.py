"""Pages of the intake service."""

from services.intake.pages import changes, submission

ROUTERS = (submission.router, changes.router)
