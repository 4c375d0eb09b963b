"""One submission for officers, and what they do with it: with what it files, with its payments, with the whole of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from services.office import submission_verbs
from services.office.access import STAFF, NotAllowed, NotOfTheOffice
from services.office.filing_page import Attempt
from services.office.filing_verbs import DeadlineUnclear, Given, Verb, perform
from services.office.submission_page import FailedAttempt, submission_page
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.errors import status_of
from services.web.templates import show
from shared import clock
from shared.access.visibility import scope_of
from shared.errors import Conflict, Forbidden, Invalid, Refusal
from shared.people.person import Act, Person, Scope, may
from shared.submissions import queries
from shared.thai.days import NoDay, read_day

router = APIRouter(prefix="/office/submissions/{submission_id}")


@dataclass(frozen=True, slots=True)
class SubmissionRequest:
    """Who asks for which submission."""

    request: Request
    session: Session
    person: Person
    submission_id: UUID
    scope: Scope


def _asked(request: Request, session: Transaction, person: Asking, submission_id: UUID) -> SubmissionRequest:
    """Return the request; a submission outside the person's area is answered like one that does not exist."""
    if not person.has(*STAFF):
        raise NotOfTheOffice
    submission, group, _ = queries.submission_with_group(session, submission_id)
    scope = scope_of(session, submission, group)
    if not may(person, Act.SEE_SUBMISSION, scope):
        raise queries.SubmissionUnknown
    return SubmissionRequest(request, session, person, submission_id, scope)


ThisSubmission = Annotated[SubmissionRequest, Depends(_asked)]
Reason = Annotated[str, Form(max_length=2000)]


@router.get("")
def read_submission(asked: ThisSubmission) -> Response:
    """Show the submission."""
    return _show(asked)


@router.post("/stages/{stage}/{verb}")
def do(
    asked: ThisSubmission,
    stage: str,
    verb: Verb,
    reason: Reason = "",
    until: Annotated[str, Form(max_length=60)] = "",
    coordinator: Annotated[UUID | Literal[""], Form()] = "",
) -> Response:
    """Do something with what is filed at a stage; what prevents it is shown on the page, and nothing that was typed is lost."""
    given = Given(reason=reason, until=_day(until), coordinator=coordinator or None)

    def act() -> None:
        if until and given.until is None:
            raise DeadlineUnclear
        perform(asked.session, verb, asked.submission_id, stage, given, person=asked.person, now=clock.now())

    return _attempt(asked, act, lambda refusal: FailedAttempt(refusal, attempt=Attempt(stage, verb, given, until)), f"#stage-{stage}")


@router.post("/withdraw")
def withdraw(asked: ThisSubmission, reason: Reason = "") -> Response:
    """Withdraw the submission."""
    return _attempt(
        asked,
        lambda: submission_verbs.withdraw(asked.session, asked.submission_id, reason=reason, person=asked.person, now=clock.now()),
        lambda refusal: FailedAttempt(refusal, withdrawing=reason),
    )


@router.post("/payments/{stage}/pay")
def pay(asked: ThisSubmission, stage: str, note: Annotated[str, Form(max_length=500)] = "") -> Response:
    """Note that a payment was made."""
    return _attempt(
        asked,
        lambda: submission_verbs.pay(asked.session, asked.submission_id, stage, note=note, person=asked.person, now=clock.now()),
        lambda refusal: FailedAttempt(refusal, paying=(stage, note)),
        "#payments",
    )


def _attempt(
    asked: SubmissionRequest, act: Callable[[], object], refused: Callable[[Refusal], FailedAttempt], anchor: str = ""
) -> Response:
    """Do what was asked and lead to the submission again; what prevents it is shown on the page, and nothing is changed."""
    try:
        with asked.session.begin_nested():
            act()
    except NotAllowed:
        raise
    except (Conflict, Invalid, Forbidden) as refusal:
        return _show(asked, refused(refusal))
    return RedirectResponse(f"/office/submissions/{asked.submission_id}{anchor}", 303)


def _show(asked: SubmissionRequest, refused: FailedAttempt | None = None) -> Response:
    page = submission_page(asked.session, asked.submission_id, asked.person, asked.scope, now=clock.now(), refused=refused)
    return show(asked.request, page, status_code=status_of(refused.refusal) if refused else 200)


def _day(typed: str) -> date | None:
    """Return a day as people type it, None where it is none."""
    try:
        return read_day(typed) if typed.strip() else None
    except NoDay:
        return None
