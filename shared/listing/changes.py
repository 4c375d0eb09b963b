"""Whether a submission has changed, for pages that are open and wait."""

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
"""Built once: every open page asks it."""


def marks(session: Session, submission_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return a mark of each submission, a different one after every change. One query.

    The mark is made of counts: events are never deleted, while the newest id may stay the same when two transactions end in another
    order than they began. Receipts with their documents and the queue's count have no event of their own, so they are counted too.
    """
    return {id_: "-".join(map(str, counts)) for id_, *counts in session.execute(_MARKS, {"ids": list(submission_ids)})}
