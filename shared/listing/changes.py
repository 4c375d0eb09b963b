"""Whether there is news of a submission, for pages that are open and wait."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from shared.events import Event
from shared.reviews.models import Entry
from shared.submissions.models import Receipt, Submission

_COUNTS = (
    select(func.count()).where(Event.submission_id == Submission.id).scalar_subquery(),
    select(func.count() + func.count(Receipt.pdf_key)).where(Receipt.submission_id == Submission.id).scalar_subquery(),
    select(func.coalesce(func.sum(Entry.filled + 1), 0)).where(Entry.submission_id == Submission.id).scalar_subquery(),
)
_MARKS = select(Submission.id, *_COUNTS).where(Submission.id.in_(bindparam("ids", expanding=True)))
"""Put together once: it is asked with every page."""


def marks(session: Session, submission_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return a mark of each submission that differs once something happened to it. One query.

    It counts: events are never deleted, while the newest id may stay the same when two transactions end in another order than they
    began. What has no event of its own is counted too: receipts and their documents, and the queue's own count.
    """
    return {id_: "-".join(map(str, counts)) for id_, *counts in session.execute(_MARKS, {"ids": list(submission_ids)})}
