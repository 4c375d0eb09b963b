"""A group withdraws its submission: the question whether it is meant, and doing it."""

from http import HTTPStatus
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from services.intake.withdrawing import withdraw_for, withdrawable
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.templates import Page, show
from shared import clock
from shared.submissions.filings.settling import ReasonNeeded
from shared.text import Text

router = APIRouter(prefix="/s")


class WithdrawPage(Page):
    """What follows from withdrawing, and the form that does it."""

    template: ClassVar[str] = "intake/withdraw.html"

    submission_id: UUID
    reference: str
    group_name: str
    programme: Text
    problem: Text | None = None


@router.get("/submissions/{submission_id}/withdraw")
def ask(request: Request, session: Transaction, person: Asking, submission_id: UUID) -> Response:
    """What follows from withdrawing, and the form that does it."""
    return show(request, _page(session, person, submission_id))


@router.post("/submissions/{submission_id}/withdraw")
def withdraw(
    request: Request, session: Transaction, person: Asking, submission_id: UUID, reason: Annotated[str, Form(max_length=2000)] = ""
) -> Response:
    """Withdraw, and show the submission's page; without a reason the form is shown again."""
    try:
        withdraw_for(session, person, submission_id, reason=reason, now=clock.now())
    except ReasonNeeded as refusal:
        page = _page(session, person, submission_id, Text(refusal.detail("th"), refusal.detail("en")))
        return show(request, page, status_code=HTTPStatus.UNPROCESSABLE_ENTITY)
    return RedirectResponse(f"/s/submissions/{submission_id}", HTTPStatus.SEE_OTHER)


def _page(session: Transaction, person: Asking, submission_id: UUID, problem: Text | None = None) -> WithdrawPage:
    submission, group, programme = withdrawable(session, person, submission_id)
    return WithdrawPage(
        submission_id=submission.id,
        reference=submission.reference,
        group_name=group.name,
        programme=programme.definition.name,
        problem=problem,
    )
