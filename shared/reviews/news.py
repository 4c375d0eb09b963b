"""Whether there is news of a submission, for pages that are open and wait."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.events import Event
from shared.reviews.models import Entry
from shared.submissions.models import Receipt, Submission, Upload


def marks(session: Session, submission_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return a mark of each submission that differs once something happened to it. One query.

    It counts: events are never deleted, while the newest id may stay the same when two transactions end in another order than they
    began. What has no event of its own is counted too: poster pictures, receipts and their documents, and the queue's own count.
    """
    happened = select(func.count()).where(Event.submission_id == Submission.id).scalar_subquery()
    pictures = select(func.count(Upload.poster_key)).where(Upload.submission_id == Submission.id).scalar_subquery()
    receipts = select(func.count() + func.count(Receipt.pdf_key)).where(Receipt.submission_id == Submission.id).scalar_subquery()
    queued = select(func.coalesce(func.sum(Entry.filled + 1), 0)).where(Entry.submission_id == Submission.id).scalar_subquery()
    rows = session.execute(select(Submission.id, happened, pictures, receipts, queued).where(Submission.id.in_(submission_ids)))
    return {id_: "-".join(map(str, counts)) for id_, *counts in rows}
