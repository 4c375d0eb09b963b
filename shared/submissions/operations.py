"""The verbs of a submission: it is made, its applicant comes, it is withdrawn. What it files is in `shared.submissions.filings`."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id
from shared.errors import Conflict
from shared.events import Actor, EventKind
from shared.people import operations as people
from shared.programmes.models import Group, Programme
from shared.submissions.models import Submission


class SubmissionOut(Conflict):
    """A submission that was withdrawn or disqualified takes no further part."""

    th = "ใบสมัคร {reference} ถอนหรือถูกตัดสิทธิ์แล้ว จึงทำรายการนี้ไม่ได้"
    en = "Submission {reference} was withdrawn or disqualified, so this cannot be done."


def make(session: Session, *, programme: Programme, group: Group, now: datetime) -> tuple[Submission, bool]:
    """Make the submission of a group with its reference number and link, and say whether it is new; one that exists stays as it is."""
    existing = session.scalar(select(Submission).where(Submission.programme_id == programme.id, Submission.group_id == group.id))
    if existing is not None:
        return existing, False
    number = session.scalar(
        update(Programme)
        .where(Programme.id == programme.id)
        .values(next_reference=Programme.next_reference + 1)
        .returning(Programme.next_reference)
    )
    assert number is not None  # noqa: S101  # the programme exists: UPDATE … RETURNING gives the new value
    submission = Submission(
        id=new_id(),
        programme_id=programme.id,
        group_id=group.id,
        reference=f"{programme.definition.reference_prefix}-{number - 1:04d}",
        created_at=now,
    )
    session.add(submission)
    session.flush()
    people.make_link(session, submission_id=submission.id)
    return submission, True


def open_(session: Session, submission: Submission, *, by: Actor, now: datetime) -> None:
    """Note that the applicant has come; nothing happens when they came before, also a moment before: first look and first file race."""
    if submission.opened_at is not None:
        return
    session.refresh(submission, with_for_update=True)
    if submission.opened_at is not None:
        return
    submission.opened_at = now
    session.flush()
    record_event(session, EventKind.SUBMISSION_OPENED, submission, by=by, now=now)


def withdraw(session: Session, submission: Submission, *, reason: str, by: Actor, now: datetime) -> None:
    """Mark a submission as withdrawn; its row must be locked. Nothing of it is erased; again, it changes nothing.

    What follows (filings and entries lapse, payments end) is `shared.stages`'s to do in the same transaction. Raises SubmissionOut.
    """
    if submission.withdrawn_at is not None:
        return
    if submission.disqualified_at is not None:
        raise SubmissionOut(reference=submission.reference)
    submission.withdrawn_at = now
    session.flush()
    record_event(session, EventKind.SUBMISSION_WITHDRAWN, submission, by=by, now=now, reason=reason.strip() or None)


def record_event(
    session: Session,
    kind: EventKind,
    submission: Submission,
    *,
    by: Actor,
    now: datetime,
    reason: str | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Append an event about a submission to its history."""
    events.append(
        session,
        kind,
        subject_id=submission.id,
        submission_id=submission.id,
        programme_id=submission.programme_id,
        by=by,
        now=now,
        reason=reason,
        data=data,
    )
