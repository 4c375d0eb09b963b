"""What officers do with a whole submission and its payments: withdraw it, note that a payment was made. From pages and programs alike."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.office.access import NotAllowed
from shared.access.visibility import scope_of
from shared.payments import operations as payments
from shared.payments import queries
from shared.payments.models import Payment
from shared.people.person import Act, Person, may
from shared.stages import operations as stages
from shared.submissions.filings.settling import ReasonNeeded
from shared.submissions.models import Submission
from shared.submissions.queries import SubmissionUnknown, submission_with_group


def withdraw(session: Session, submission_id: UUID, *, reason: str, person: Person, now: datetime) -> Submission:
    """Withdraw a submission; again, it changes nothing. Raises SubmissionUnknown, NotAllowed, ReasonNeeded, SubmissionOut."""
    submission = _managed(session, submission_id, person)
    if not reason.strip():
        raise ReasonNeeded
    stages.withdraw(session, submission, reason=reason, by=person.actor, now=now)
    return submission


def pay(session: Session, submission_id: UUID, stage: str, *, note: str, person: Person, now: datetime) -> Payment:
    """Note that a payment was made; again, it changes nothing. Raises SubmissionUnknown, NotAllowed, PaymentUnknown, PaymentNotDue."""
    submission = _managed(session, submission_id, person)
    payment = queries.payment(session, submission_id, stage, lock=True)
    payments.pay(session, payment, programme_id=submission.programme_id, note=note, by=person.actor, now=now)
    return payment


def _managed(session: Session, submission_id: UUID, person: Person) -> Submission:
    """Return a submission to those who manage it. Raises SubmissionUnknown to those who may not even see it, NotAllowed to others."""
    submission, group, _ = submission_with_group(session, submission_id)
    scope = scope_of(session, submission, group)
    if not may(person, Act.SEE_SUBMISSION, scope):
        raise SubmissionUnknown
    if not may(person, Act.MANAGE_SUBMISSION, scope):
        raise NotAllowed(act=str(Act.MANAGE_SUBMISSION))
    return submission
