"""Withdrawing, on pages and for programs: a group withdraws its own submission."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.access import visible
from shared.events import Actor
from shared.people.person import Act, Person
from shared.programmes.models import Group, Programme
from shared.stages import operations
from shared.submissions import queries
from shared.submissions.filings.settling import ReasonNeeded
from shared.submissions.models import Submission


def withdrawable(session: Session, person: Person, submission_id: UUID) -> tuple[Submission, Group, Programme]:
    """Return the submission to who may withdraw it here: whoever has the group's link. Raises SubmissionUnknown."""
    found = visible(session, person, submission_id, Act.SEE_SUBMISSION)
    if submission_id not in person.submissions:
        raise queries.SubmissionUnknown
    return found


def withdraw_for(session: Session, person: Person, submission_id: UUID, *, reason: str, now: datetime) -> None:
    """Withdraw a submission for its group, with its reason. Raises SubmissionUnknown, SubmissionOut, ReasonNeeded."""
    submission, _, _ = withdrawable(session, person, submission_id)
    if not reason.strip():
        raise ReasonNeeded
    operations.withdraw(session, submission, reason=reason, by=Actor.group(submission_id), now=now)
