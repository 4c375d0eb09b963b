"""A submission as JSON, and submitting it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from services.intake.access import visible
from services.intake.schemas import SubmissionView
from services.intake.submission_view import view
from services.intake.submitting import ask_to_confirm, submit_for
from services.people.identity import Asking
from services.web import errors
from services.web.database import Transaction
from services.web.language import language_of
from services.web.limits import AskedTooOften
from services.web.problems import raises
from shared import clock
from shared.people.person import Act
from shared.submissions.history import history_of
from shared.submissions.operations import AlreadyHandedIn, ConfirmationNeeded, DeadlinePassed, ItemsMissing
from shared.submissions.preparation import CodeDead, CodeWrong
from shared.submissions.queries import SubmissionUnknown

router = APIRouter(prefix="/submissions", tags=["submissions"])

NOT_READY = (AlreadyHandedIn, ItemsMissing, DeadlinePassed)
"""Why a submission cannot be submitted, nor be prepared for it."""


@router.get("/{submission_id}", response_model_exclude_unset=True)
@raises(SubmissionUnknown)
def read(request: Request, session: Transaction, person: Asking, submission_id: UUID) -> SubmissionView:
    """The submission: items with their files, facts and findings, the next step, and what happened."""
    submission, group, programme = visible(session, person, submission_id, Act.SEE_SUBMISSION)
    history = history_of(session, submission.id)
    return view(session, submission, group, programme, history, language=language_of(request), now=clock.now())


class Confirmation(BaseModel):
    """The code by which the group confirms, as it told it to the officer who prepared its submission."""

    code: str = Field("", max_length=20, examples=["123456"])


@router.post("/{submission_id}/submit", response_model=SubmissionView, response_model_exclude_unset=True)
@raises(SubmissionUnknown, ConfirmationNeeded, CodeWrong, CodeDead, *NOT_READY)
def submit(
    request: Request, session: Transaction, person: Asking, submission_id: UUID, confirmation: Annotated[Confirmation | None, Body()] = None
) -> SubmissionView | Response:
    """Submit; 422 names what is missing, 409 says why it is not possible now. Staff need the `code` that the group told them."""
    refusal = submit_for(session, person, submission_id, code=confirmation.code if confirmation else None, now=clock.now())
    return errors.answer(request, refusal) if refusal else read(request, session, person, submission_id)


@router.post("/{submission_id}/prepare", response_model_exclude_unset=True)
@raises(SubmissionUnknown, AskedTooOften, *NOT_READY)
def prepare(request: Request, session: Transaction, person: Asking, submission_id: UUID) -> SubmissionView:
    """Ask the group to confirm what an officer prepared: it gets its link and a code. Needs everything that submitting needs."""
    ask_to_confirm(session, person, submission_id, now=clock.now())
    return read(request, session, person, submission_id)
