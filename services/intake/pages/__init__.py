"""Pages of the intake service."""

from services.intake.pages import answers, assist, changes, files, handover, receipts, stage, submission, withdrawal

ROUTERS = (
    assist.router,
    files.router,
    handover.router,
    receipts.router,
    stage.router,
    answers.router,
    withdrawal.router,
    submission.router,
    changes.router,
)
"""The submission's come after those of fixed names: its `/s/{token}` takes whatever is left."""
