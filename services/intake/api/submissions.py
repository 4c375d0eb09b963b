"""A submission as JSON, and handing it in."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request

from services.intake.access import visible
from services.intake.view import view
from services.web.database import Transaction
from services.web.identity import Asking
from services.web.language import language_of
from shared import clock
from shared.people.person import Act
from shared.submissions import operations, queries

router = APIRouter(prefix="/submissions", tags=["submissions"])


@router.get("/{submission_id}")
def read(request: Request, session: Transaction, person: Asking, submission_id: UUID) -> dict[str, Any]:
    """Where the submission stands: items with their files, facts and findings, the next step, and what happened."""
    submission, group, programme = visible(session, person, submission_id, Act.SEE_SUBMISSION)
    return view(session, submission, group, programme, language=language_of(request), now=clock.now())


@router.post("/{submission_id}/submit")
def submit(request: Request, session: Transaction, person: Asking, submission_id: UUID) -> dict[str, Any]:
    """Hand the submission in; 422 names what is missing, 409 why it cannot be now."""
    _, group, programme = visible(session, person, submission_id, Act.SUBMIT)
    submission = queries.submission(session, submission_id, lock=True)
    operations.submit(session, submission, definition=programme.definition, by=person.actor, now=clock.now())
    return view(session, submission, group, programme, language=language_of(request), now=clock.now())
