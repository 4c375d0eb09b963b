"""A submission as JSON: what is asked now, submitting it, and withdrawing."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from services.intake.access import NotYoursToFile, StageNeeded
from services.intake.schemas import SubmissionView
from services.intake.submission_view import seen_by, view
from services.intake.submitting import ask_to_confirm, submit_for
from services.intake.withdrawing import withdraw_for
from services.people.identity import Asking
from services.web import errors
from services.web.database import Transaction
from services.web.language import language_of
from services.web.limits import AskedTooOften
from services.web.problems import raises
from shared import clock
from shared.forms.checking import AnswersInvalid
from shared.stages.operations import ReadAlready
from shared.submissions.filings.asking import AlreadyHandedIn, DeadlinePassed, FilingEnded
from shared.submissions.filings.context import FilingUnknown
from shared.submissions.filings.settling import ReasonNeeded
from shared.submissions.filings.submitting import ConfirmationNeeded, ItemsMissing
from shared.submissions.history import history_of
from shared.submissions.operations import SubmissionOut
from shared.submissions.preparation import CodeDead, CodeWrong
from shared.submissions.queries import SubmissionUnknown

router = APIRouter(prefix="/submissions", tags=["submissions"])

NOT_FOUND = (FilingUnknown, NotYoursToFile, StageNeeded, SubmissionUnknown)
"""Why there is no filing for the caller."""
NOT_READY = (AlreadyHandedIn, AnswersInvalid, DeadlinePassed, FilingEnded, ItemsMissing, ReadAlready, SubmissionOut)
"""Why a filing cannot be submitted, nor be prepared for it."""


@router.get("/{submission_id}", response_model_exclude_unset=True)
@raises(SubmissionUnknown)
def read(request: Request, session: Transaction, person: Asking, submission_id: UUID) -> SubmissionView:
    """The submission: what is asked now with files, facts and findings, the next step, all its stages, and what happened."""
    seen = seen_by(session, person, submission_id, now=clock.now())
    return view(session, seen, history_of(session, submission_id), language=language_of(request))


class Confirmation(BaseModel):
    """The code by which the group confirms, as it told it to an officer who prepared its submission; the stage where several are open."""

    code: str = Field("", max_length=20, examples=["123456"])
    stage: str = Field("", max_length=40)


@router.post("/{submission_id}/submit", response_model=SubmissionView, response_model_exclude_unset=True)
@raises(*NOT_FOUND, ConfirmationNeeded, CodeWrong, CodeDead, *NOT_READY)
def submit(
    request: Request, session: Transaction, person: Asking, submission_id: UUID, confirmation: Annotated[Confirmation | None, Body()] = None
) -> SubmissionView | Response:
    """Submit; 422 names what is missing, 409 says why it is not possible now. Staff need the `code` that the group told them.

    Without a stage it is the only filing that is open to the caller; with several, 409 `stage_needed` lists them.
    """
    told = confirmation or Confirmation()
    refusal = submit_for(session, person, submission_id, stage=told.stage or None, code=told.code or None, now=clock.now())
    return errors.answer(request, refusal) if refusal else read(request, session, person, submission_id)


@router.post("/{submission_id}/prepare", response_model_exclude_unset=True)
@raises(*NOT_FOUND, AskedTooOften, *NOT_READY)
def prepare(request: Request, session: Transaction, person: Asking, submission_id: UUID, stage: str | None = None) -> SubmissionView:
    """Ask the group to confirm what an officer prepared: it gets its link and a code. Needs everything that submitting needs."""
    ask_to_confirm(session, person, submission_id, stage=stage, now=clock.now())
    return read(request, session, person, submission_id)


class Withdrawal(BaseModel):
    """Why a submission is withdrawn."""

    reason: str = Field(max_length=2000, examples=["The group does not take part this year."])


@router.post("/{submission_id}/withdraw", response_model_exclude_unset=True)
@raises(SubmissionUnknown, SubmissionOut, ReasonNeeded)
def withdraw(request: Request, session: Transaction, person: Asking, submission_id: UUID, withdrawal: Withdrawal) -> SubmissionView:
    """Withdraw the submission. Nothing is erased: open filings lapse, unpaid payments end. Again, it changes nothing."""
    withdraw_for(session, person, submission_id, reason=withdrawal.reason, now=clock.now())
    return read(request, session, person, submission_id)
