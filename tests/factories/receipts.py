"""Submissions that were handed in, with their receipts, and the PDF of one made here and now."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

import factories
from factories.doors import work
from shared.database import new_id, transaction
from shared.events import SYSTEM, Actor, ActorKind
from shared.people import operations as people
from shared.settings import secret_key
from shared.stages import operations
from shared.submissions.filings import context, settling
from shared.submissions.models import Receipt, Submission
from shared.submissions.receipts.finding import newest_of
from shared.submissions.sheet import Standing

DAY = timedelta(days=1)
AT = factories.NOW - 7 * DAY + timedelta(microseconds=123456)
GROUP = Actor.group(None)
OFFICER = Actor(ActorKind.STAFF, new_id(), "นางสาวสุดารัตน์ พัฒนากร")
MAKING = {"notification.make_receipt": "workers.notification.tasks:make_receipt"}
TELLING = {
    "notification.notify": "workers.notification.tasks:notify",
    "notification.send": "workers.notification.tasks:send",
}
FACTS: dict[str, dict[str, object]] = {"clip": {"type": "mp4", "duration_seconds": 296.96}, "plan": {"type": "pdf", "pages": 12}}
SUMS = {"plan": "0123456789abcdef" * 4, "clip": "fedcba9876543210" * 4}


def handed_in(
    *,
    number: int = 1,
    at: datetime = AT,
    begun: datetime = AT - DAY,
    sent_by: Actor = GROUP,
    helped_by: str | None = None,
    confirmed_by: str = "link",
    **changes: object,
) -> Receipt:
    """A group of the little programme hands in a plan and a clip, with whatever help."""
    with transaction() as session:
        programme = factories.programme(session, **changes)
        (submission,) = factories.submissions(session, programme, 1, status=Standing.OPEN, first=number)
        for item in programme.definition.form_of(programme.definition.collects[0]).items:
            about = {"kind": item.key, "filename": f"{item.label.th}-ลับ.{item.types[0]}", "facts": FACTS[item.key]}
            content = {"size_bytes": 182_345_678, "sha256": SUMS[item.key]}
            by = {"by_kind": sent_by.kind, "by_id": sent_by.id, "by_name": sent_by.name}
            times = {"created_at": begun, "received_at": at, "checked_at": at, "expires_at": at + DAY}
            factories.upload(session, submission.id, **about, **content, **by, **times)
        session.flush()
        hand_in(session, submission, at=at, helped_by=helped_by, confirmed_by=confirmed_by)
        return newest_of(session, submission.id)


def hand_in(
    session: Session,
    submission: Submission,
    *,
    at: datetime,
    helped_by: str | None = None,
    confirmed_by: str = "link",
) -> None:
    """The group hands in what stands."""
    of = context.of_filing(session, factories.filing_of(session, submission.id).id, lock=True)
    helper = Actor(ActorKind.STAFF, new_id(), helped_by) if helped_by else None
    operations.submit(session, of, by=GROUP, now=at, helper=helper, confirmed_by=confirmed_by, secret=secret_key())


def again(receipt: Receipt, *, at: datetime) -> Receipt:
    """The submission is returned, and the group hands it in once more."""
    with transaction() as session:
        submission = session.get_one(Submission, receipt.submission_id)
        of = context.of_filing(session, factories.filing_of(session, submission.id).id, lock=True)
        version = context.newest_version(session, of.filing.id)
        assert version is not None
        settling.return_(session, of, version, findings=[], by=SYSTEM, now=at)
        hand_in(session, submission, at=at)
        return newest_of(session, submission.id)


def changed(receipt: Receipt, **document: object) -> None:
    """Somebody with the database in hand changes what a receipt says."""
    with transaction() as session:
        session.execute(update(Receipt).where(Receipt.id == receipt.id).values(document={**receipt.document, **document}))


def made(receipt: Receipt) -> Receipt:
    """Make the PDFs that wait; return the receipt as it is then."""
    work(MAKING)
    with transaction() as session:
        return session.get_one(Receipt, receipt.id)


def link_token(submission_id: UUID) -> str:
    """A token of the group's link."""
    with transaction() as session:
        return factories.token_of(people.make_link(session, submission_id=submission_id))
