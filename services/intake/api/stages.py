"""The form of a stage as JSON: its answers and items, saving answers, submitting it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, Field, JsonValue
from starlette.responses import Response

from services.intake.access import NotYoursToFile
from services.intake.answering import AnswerTooLong, restore_for, save_for
from services.intake.api.submissions import NOT_READY
from services.intake.filing_state import load
from services.intake.schemas import StageForm
from services.intake.submission_view import form, seen_by
from services.intake.submitting import submit_for
from services.people.identity import Asking
from services.web import errors
from services.web.database import Transaction
from services.web.language import language_of
from services.web.problems import raises
from shared import clock
from shared.database.versions import EditedMeanwhile
from shared.forms.checking import AnswersInvalid
from shared.submissions.filings.asking import AlreadyHandedIn, DeadlinePassed, FilingEnded
from shared.submissions.filings.context import FilingUnknown
from shared.submissions.filings.settling import NothingSubmitted
from shared.submissions.filings.submitting import ConfirmationNeeded
from shared.submissions.operations import SubmissionOut
from shared.submissions.preparation import CodeDead, CodeWrong
from shared.submissions.queries import SubmissionUnknown

router = APIRouter(prefix="/submissions", tags=["stages"])

NOT_OPEN = (AlreadyHandedIn, DeadlinePassed, FilingEnded, SubmissionOut)
"""Why answers may not change."""


class SentAnswers(BaseModel):
    """Answers by question, as they are typed or as they are stored; and the version of each that they were begun from."""

    answers: dict[str, JsonValue] = Field(examples=[{"started_on": "29/5/2563"}])
    versions: dict[str, int] = Field(default_factory=dict, examples=[{"started_on": 1}])
    """Those that are left out count as never saved (0)."""


class Code(BaseModel):
    """The code by which a group confirms, as it told it to the officer who prepared its submission."""

    code: str = Field("", max_length=20, examples=["123456"])


@router.get("/{submission_id}/stages/{stage}")
@raises(FilingUnknown, SubmissionUnknown)
def read_stage(request: Request, session: Transaction, person: Asking, submission_id: UUID, stage: str) -> StageForm:
    """What a stage asks: questions with their answers, versions and problems, items with their files, and what was submitted."""
    seen = seen_by(session, person, submission_id, now=clock.now())
    return form(session, seen.state(stage), language=language_of(request))


@router.put("/{submission_id}/stages/{stage}")
@raises(AnswersInvalid, AnswerTooLong, EditedMeanwhile, FilingUnknown, NotYoursToFile, SubmissionUnknown, *NOT_OPEN)
def save_answers(request: Request, session: Transaction, person: Asking, submission_id: UUID, stage: str, sent: SentAnswers) -> StageForm:
    """Save the answers that are sent; all others stay. What is typed wrongly is kept, and its problems are in the answer.

    409 `edited_meanwhile` where somebody else has saved the same meanwhile: `clashes` has both texts, and nothing is saved.
    """
    now = clock.now()
    of, scope = save_for(session, person, submission_id, stage, typed=sent.answers, versions=sent.versions, now=now)
    return form(session, load(session, [of], person, scope, now=now)[0], language=language_of(request))


@router.post("/{submission_id}/stages/{stage}/submit", response_model=StageForm)
@raises(FilingUnknown, NotYoursToFile, SubmissionUnknown, ConfirmationNeeded, CodeWrong, CodeDead, *NOT_READY)
def submit_stage(
    request: Request,
    session: Transaction,
    person: Asking,
    submission_id: UUID,
    stage: str,
    told: Annotated[Code | None, Body()] = None,
) -> StageForm | Response:
    """Submit the stage as its next version; 422 names everything that is missing or wrong, 409 says why it is not possible now."""
    refusal = submit_for(session, person, submission_id, stage=stage, code=told.code if told else None, now=clock.now())
    return errors.answer(request, refusal) if refusal else read_stage(request, session, person, submission_id, stage)


@router.post("/{submission_id}/stages/{stage}/restore")
@raises(FilingUnknown, NotYoursToFile, NothingSubmitted, SubmissionUnknown, *NOT_OPEN)
def restore_stage(request: Request, session: Transaction, person: Asking, submission_id: UUID, stage: str) -> StageForm:
    """Make the draft again what was submitted last."""
    restore_for(session, person, submission_id, stage, now=clock.now())
    return read_stage(request, session, person, submission_id, stage)
