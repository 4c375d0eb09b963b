"""What is due and paid of an award never comes to more than was awarded."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.awards.models import Outcome
from shared.payments.lifecycle import PaymentStatus
from shared.payments.models import Payment
from shared.submissions.models import Submission

COUNTED = (PaymentStatus.DUE, PaymentStatus.PAID)


def broken(session: Session) -> list[str]:
    """Return the references of submissions whose payments exceed their award, with both sums."""
    total = func.sum(Payment.amount)
    rows = session.execute(
        select(Submission.reference, total, Outcome.amount)
        .join(Outcome, Outcome.id == Payment.outcome_id)
        .join(Submission, Submission.id == Payment.submission_id)
        .where(Payment.status.in_(COUNTED))
        .group_by(Submission.reference, Outcome.id)
        .having(total > Outcome.amount)
        .order_by(Submission.reference)
    )
    return [f"{reference}: {due} > {award}" for reference, due, award in rows]
