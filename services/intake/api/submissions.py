"""A submission as JSON, and handing it in."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from services.intake.access import visible
from services.intake.schemas import view
from services.intake.submitting import ask_to_confirm, hand_in
from services.people.identity import Asking
from services.web import errors
from services.web.database import Transaction
from services.web.language import language_of
from shared import clock
from shared.people.person import Act

router = APIRouter(prefix="/submissions", tags=["submissions"])


@router.get("/{submission_id}")
def read(request: Request, session: Transaction, person: Asking, submission_id: UUID) -> dict[str, Any]:
    """Where the submission stands: items with their files, facts and findings, the next step, and what happened."""
    submission, group, programme = visible(session, person, submission_id, Act.SEE_SUBMISSION)
    return view(session, submission, group, programme, language=language_of(request), now=clock.now())


class Confirmation(BaseModel):
    """The group's yes, as it told it to the officer who prepared its submission."""

    code: str = Field("", max_length=20, examples=["123456"])


@router.post("/{submission_id}/submit", response_model=dict[str, Any])
def submit(
    request: Request, session: Transaction, person: Asking, submission_id: UUID, said: Annotated[Confirmation | None, Body()] = None
) -> dict[str, Any] | Response:
    """Hand the submission in; 422 names what is missing, 409 why it cannot be now. Staff need the `code` that the group told them."""
    refusal = hand_in(session, person, submission_id, code=said.code if said else None, now=clock.now())
    return errors.answer(request, refusal) if refusal else read(request, session, person, submission_id)


@router.post("/{submission_id}/prepare")
def prepare(request: Request, session: Transaction, person: Asking, submission_id: UUID) -> dict[str, Any]:
    """Ask the group to confirm what an officer prepared: it gets its link and a code. Needs what handing in needs."""
    ask_to_confirm(session, person, submission_id, now=clock.now())
    return read(request, session, person, submission_id)
