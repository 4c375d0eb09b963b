"""Verbs whose consequences reach over several stages: invite, withdraw, submit, return, open and close a round, save a document."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.awards import results
from shared.awards.models import Decision, Outcome
from shared.errors import Conflict
from shared.events import Actor, EventKind
from shared.programmes.models import Group, Programme
from shared.reviews import rounds
from shared.reviews.lifecycle import RoundStatus
from shared.reviews.models import Entry, RoundRow
from shared.reviews.queries import RoundContext
from shared.stages import opening, placing
from shared.submissions import operations as submissions
from shared.submissions.filings import settling
from shared.submissions.filings.context import FilingContext
from shared.submissions.filings.submitting import submit as submit_filing
from shared.submissions.models import FilingVersion, Submission


class ReadAlready(Conflict):
    """What a closed round has read does not change; the round would have to be opened again first."""

    th = "รอบ {round} ที่พิจารณางานนี้ปิดแล้ว จึงแก้ไขไม่ได้ หากจำเป็นต้องเปิดรอบใหม่ก่อน"
    en = "Round {round}, which read this, is closed, so it cannot change. If it must, the round has to be reopened first."


def invite(session: Session, *, programme: Programme, group: Group, by: Actor, now: datetime) -> Submission:
    """Make the submission of a target group, with its link and what is asked of it now; one that exists stays as it is."""
    submission, is_new = submissions.make(session, programme=programme, group=group, now=now)
    if is_new:
        submissions.record_event(session, EventKind.SUBMISSION_INVITED, submission, by=by, now=now)
        session.flush()
        placing.place(session, programme, [submission.id], now=now, announce=False)
    return submission


def withdraw(session: Session, submission: Submission, *, reason: str, by: Actor, now: datetime) -> None:
    """Withdraw a submission: what is open lapses, what is due ends, what was paid has to be returned; nothing is erased."""
    placing.lock_rounds(session, submission.programme_id)
    session.refresh(submission, with_for_update=True)
    submissions.withdraw(session, submission, reason=reason, by=by, now=now)
    placing.place(session, session.get_one(Programme, submission.programme_id), [submission.id], now=now)


def submit(
    session: Session, of: FilingContext, *, by: Actor, secret: str, now: datetime, helper: Actor | None = None, confirmed_by: str = "link"
) -> FilingVersion:
    """Submit a filing, see `filings.submitting.submit`. Raises ReadAlready besides."""
    require_unread(session, of)
    grant = grant_of(session, of.submission.id)
    return submit_filing(session, of, by=by, secret=secret, now=now, grant=grant, helper=helper, confirmed_by=confirmed_by)


def return_filing(session: Session, of: FilingContext, *, reason: str, by: Actor, now: datetime) -> None:
    """Return what was submitted for changes, see `filings.settling.return_by_officer`. Raises ReadAlready besides."""
    require_unread(session, of)
    settling.return_by_officer(session, of, reason=reason, by=by, now=now)


def require_unread(session: Session, of: FilingContext) -> None:
    """Raise ReadAlready where a round that has closed judged a version of the filing."""
    closed = session.scalar(
        select(RoundRow.key)
        .join(Entry, Entry.round_id == RoundRow.id)
        .where(
            Entry.submission_id == of.submission.id,
            Entry.lapsed_at.is_(None),
            Entry.versions.has_key(of.stage.key),
            RoundRow.status.in_((RoundStatus.CLOSED, RoundStatus.DECIDED)),
        )
        .limit(1)
    )
    if closed is not None:
        raise ReadAlready(round=closed)


def grant_of(session: Session, submission_id: UUID) -> Decimal | None:
    """Return what was awarded to a submission last, in its programme's currency."""
    query = select(Outcome.amount).where(Outcome.submission_id == submission_id, Outcome.amount > 0).order_by(Outcome.id.desc()).limit(1)
    return session.scalar(query)


def fill_round(session: Session, context: RoundContext, *, now: datetime) -> None:
    """Put everything into an open round's queues that belongs to it."""
    for ids in opening.of_programme(session, context.programme.id):
        placing.place(session, context.programme, ids, now=now)


def close_round(session: Session, context: RoundContext, *, by: Actor, now: datetime) -> None:
    """End the judging of a round, after everything that belongs to it has entered, see `reviews.rounds.close_round`."""
    session.refresh(context.row, with_for_update=True)  # before the submissions, and for good: what places them holds it for reading
    if context.row.status == RoundStatus.OPEN:
        fill_round(session, context, now=now)
    rounds.close_round(session, context, by=by, now=now)


def apply_decision(session: Session, decision: Decision, *, now: datetime) -> None:
    """Give every submission of a published decision its outcome, and what follows from it. Again, it changes nothing.

    Raises DecisionNotPublished.
    """
    placing.lock_rounds(session, decision.programme_id)
    results.apply_decision(session, decision, now=now)
    programme, ids = session.get_one(Programme, decision.programme_id), sorted(place.submission for place in decision.places)
    for batch in opening.in_batches(ids):
        placing.place(session, programme, batch, now=now)
