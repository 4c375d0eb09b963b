"""Reads of payments."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.errors import NotFound
from shared.payments.models import Payment
from shared.submissions.models import Submission


class PaymentUnknown(NotFound):
    """The submission has no payment at such a stage."""

    th = "ใบสมัครนี้ไม่มีการจ่ายเงินในขั้นตอน {stage}"
    en = "This submission has no payment at {stage}."


def payment(session: Session, submission_id: UUID, stage: str, *, lock: bool = False) -> Payment:
    """Return a submission's payment at a stage, its row locked if `lock`. Raises PaymentUnknown."""
    query = select(Payment).where(Payment.submission_id == submission_id, Payment.stage == stage)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise PaymentUnknown(stage=stage[:40])
    return found


def of_submissions(session: Session, submission_ids: Collection[UUID]) -> dict[UUID, list[Payment]]:
    """Return the payments of submissions, the earliest first. One query."""
    found: dict[UUID, list[Payment]] = defaultdict(list)
    for one in session.scalars(select(Payment).where(Payment.submission_id.in_(submission_ids)).order_by(Payment.id)):
        found[one.submission_id].append(one)
    return found


def totals(session: Session, programme_id: UUID) -> Sequence[tuple[str, str, int, Decimal]]:
    """Return, by stage and status, how many payments a programme has and their sum."""
    rows = session.execute(
        select(Payment.stage, Payment.status, func.count(), func.sum(Payment.amount))
        .join(Submission, Submission.id == Payment.submission_id)
        .where(Submission.programme_id == programme_id)
        .group_by(Payment.stage, Payment.status)
    )
    return list(rows.all())
