"""What officers do with what a submission files, with its payments, and with the whole of it."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, Field

from services.office import submission_verbs
from services.office.access import NotAllowed
from services.office.detail import filing_view, submission_detail
from services.office.filing_verbs import DeadlineUnclear, Given, Verb, perform
from services.office.schemas.filings import FilingView, PaymentView, SubmissionDetail
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.problems import raises
from shared import clock
from shared.database.transitions import StatusChanged
from shared.payments.operations import PaymentNotDue
from shared.payments.queries import PaymentUnknown
from shared.stages.coordinating import NotOfTheFilingOffice
from shared.stages.operations import ReadAlready
from shared.submissions.filings.asking import FilingEnded
from shared.submissions.filings.context import FilingUnknown
from shared.submissions.filings.settling import CheckUnfinished, DeadlineNotLater, NothingSubmitted, OwnWork, ReasonNeeded
from shared.submissions.operations import SubmissionOut
from shared.submissions.queries import SubmissionUnknown

router = APIRouter(prefix="/submissions/{submission}", tags=["submissions"])
LONGEST = 2000


class ReasonBody(BaseModel):
    """Why; whom it concerns is told."""

    reason: str = Field(max_length=LONGEST)


class RemarkBody(BaseModel):
    """Why, where there is something to say."""

    reason: str = Field("", max_length=LONGEST)


class ExtensionBody(BaseModel):
    """Until when, and why. A day ends with it in the programme's time zone."""

    until: AwareDatetime | date
    reason: str = Field(max_length=LONGEST)


class CoordinatorBody(BaseModel):
    """The account of the officer who is reminded from now on; none: all of the office."""

    account: UUID | None


class PaidBody(BaseModel):
    """The number of the transfer, or whatever else proves it."""

    note: str = Field("", max_length=500)


@router.get("")
@raises(SubmissionUnknown)
def read_submission(submission: UUID, session: Transaction, person: Asking) -> SubmissionDetail:
    """Return a submission with everything that it files, is judged by and is paid."""
    return submission_detail(session, submission, person)


@router.post("/stages/{stage}/accept")
@raises(
    SubmissionUnknown, FilingUnknown, NotAllowed, SubmissionOut, FilingEnded, NothingSubmitted, CheckUnfinished, OwnWork, ReasonNeeded,
    StatusChanged,
)  # fmt: skip
def accept(submission: UUID, stage: str, session: Transaction, person: Asking, body: RemarkBody | None = None) -> FilingView:
    """Accept what was submitted last at a stage; despite a finding it needs a reason. Never one's own work. Again, it changes nothing."""
    perform(session, Verb.ACCEPT, submission, stage, _remark(body), person=person, now=clock.now())
    return filing_view(session, submission, stage)


@router.post("/stages/{stage}/return")
@raises(
    SubmissionUnknown, FilingUnknown, NotAllowed, SubmissionOut, FilingEnded, NothingSubmitted, ReasonNeeded, ReadAlready, StatusChanged
)
def return_(submission: UUID, stage: str, body: ReasonBody, session: Transaction, person: Asking) -> FilingView:
    """Return what was submitted last at a stage for changes, with the reason that its filer reads. Again, it changes nothing."""
    perform(session, Verb.RETURN, submission, stage, Given(body.reason), person=person, now=clock.now())
    return filing_view(session, submission, stage)


@router.post("/stages/{stage}/waive")
@raises(SubmissionUnknown, FilingUnknown, NotAllowed, SubmissionOut, FilingEnded, ReasonNeeded, StatusChanged)
def waive(submission: UUID, stage: str, body: ReasonBody, session: Transaction, person: Asking) -> FilingView:
    """Ask no more for what is not accepted yet; it counts as done. Again, it changes nothing."""
    perform(session, Verb.WAIVE, submission, stage, Given(body.reason), person=person, now=clock.now())
    return filing_view(session, submission, stage)


@router.post("/stages/{stage}/ask-again")
@raises(SubmissionUnknown, FilingUnknown, NotAllowed, StatusChanged)
def ask_again(submission: UUID, stage: str, session: Transaction, person: Asking, body: RemarkBody | None = None) -> FilingView:
    """Ask again for what was waived. Again, it changes nothing."""
    perform(session, Verb.ASK_AGAIN, submission, stage, _remark(body), person=person, now=clock.now())
    return filing_view(session, submission, stage)


@router.post("/stages/{stage}/extend")
@raises(SubmissionUnknown, FilingUnknown, NotAllowed, SubmissionOut, FilingEnded, ReasonNeeded, DeadlineNotLater, DeadlineUnclear)
def extend(submission: UUID, stage: str, body: ExtensionBody, session: Transaction, person: Asking) -> FilingView:
    """Move the deadline of one filing to a later instant, also after it passed. Again, it changes nothing."""
    perform(session, Verb.EXTEND, submission, stage, Given(body.reason, until=body.until), person=person, now=clock.now())
    return filing_view(session, submission, stage)


@router.post("/stages/{stage}/coordinator")
@raises(SubmissionUnknown, FilingUnknown, NotAllowed, SubmissionOut, FilingEnded, NotOfTheFilingOffice)
def name_coordinator(submission: UUID, stage: str, body: CoordinatorBody, session: Transaction, person: Asking) -> FilingView:
    """Name the officer of the filing office who is reminded of it. Again, it changes nothing."""
    perform(session, Verb.COORDINATOR, submission, stage, Given(coordinator=body.account), person=person, now=clock.now())
    return filing_view(session, submission, stage)


@router.post("/withdraw")
@raises(SubmissionUnknown, NotAllowed, SubmissionOut, ReasonNeeded)
def withdraw(submission: UUID, body: ReasonBody, session: Transaction, person: Asking) -> SubmissionDetail:
    """Withdraw a submission: what is open lapses, what is due ends, what was paid has to be returned; nothing is erased."""
    submission_verbs.withdraw(session, submission, reason=body.reason, person=person, now=clock.now())
    return submission_detail(session, submission, person)


@router.post("/payments/{stage}/pay")
@raises(SubmissionUnknown, NotAllowed, PaymentUnknown, PaymentNotDue)
def pay(submission: UUID, stage: str, session: Transaction, person: Asking, body: PaidBody | None = None) -> PaymentView:
    """Note that a payment was made. Again, it changes nothing."""
    note = body.note if body else ""
    return PaymentView.of(submission_verbs.pay(session, submission, stage, note=note, person=person, now=clock.now()))


def _remark(body: RemarkBody | None) -> Given:
    return Given(body.reason if body else "")
