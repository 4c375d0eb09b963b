"""The verbs of a payment: it falls due, is paid, ends, or has to be returned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id
from shared.database.transitions import advance
from shared.errors import Conflict
from shared.events import SYSTEM, Actor, EventKind, Occurrence
from shared.payments.lifecycle import PAYMENT_TRANSITIONS, PaymentStatus
from shared.payments.models import Payment

SMALLEST = Decimal("0.01")
WHOLE = Decimal(100)


class PaymentNotDue(Conflict):
    """Only a payment that is due is paid, and once."""

    th = "รายการจ่ายเงินนี้ไม่ได้รอจ่ายอยู่ (สถานะ {status})"
    en = "This payment is not due (it is {status})."


@dataclass(frozen=True, slots=True)
class NewPayment:
    """What is to be paid to a submission at a stage: the award it is a share of, and how much."""

    submission_id: UUID
    stage: str
    outcome_id: UUID
    amount: Decimal
    due_at: datetime | None


def share_of(award: Decimal, share: Decimal, *, before: Decimal) -> Decimal:
    """Return a share of an award in percent, where `before` percent come in earlier payments.

    All shares of one award together come to exactly the award: each is the difference of two rounded running sums.
    """
    return _rounded(award * (before + share) / WHOLE) - _rounded(award * before / WHOLE)


def make(session: Session, programme_id: UUID, new: Sequence[NewPayment], *, now: datetime) -> int:
    """Make payments that are not there yet, each with its event; return how many. Nothing is made of an amount of 0."""
    rows = [
        {
            "id": new_id(),
            "submission_id": one.submission_id,
            "stage": one.stage,
            "status": PaymentStatus.DUE,
            "outcome_id": one.outcome_id,
            "amount": one.amount,
            "made_at": now,
            "due_at": one.due_at,
        }
        for one in new
        if one.amount > 0
    ]
    if not rows:
        return 0
    made = session.scalars(insert(Payment).on_conflict_do_nothing().returning(Payment), rows).all()
    events.append_all(session, [_occurrence(EventKind.PAYMENT_DUE, payment, programme_id) for payment in made], by=SYSTEM, now=now)
    return len(made)


def pay(session: Session, payment: Payment, *, programme_id: UUID, note: str, by: Actor, now: datetime) -> None:
    """Note that a payment was made; its row is locked. Again, it changes nothing. Raises PaymentNotDue."""
    if payment.status is PaymentStatus.PAID:
        return
    if payment.status is not PaymentStatus.DUE:
        raise PaymentNotDue(status=payment.status)
    values = {"paid_at": now, "paid_by": by.name, "note": note.strip() or None}
    advance(session, payment, PaymentStatus.PAID, edges=PAYMENT_TRANSITIONS, **values)
    _record_event(session, EventKind.PAYMENT_PAID, payment, programme_id, by=by, now=now)


def end(session: Session, payment: Payment, *, programme_id: UUID, by: Actor, now: datetime) -> None:
    """End a payment whose submission no longer belongs to its stage; what was paid has to be returned where the submission is out."""
    if payment.status is PaymentStatus.DUE:
        advance(session, payment, PaymentStatus.ENDED, edges=PAYMENT_TRANSITIONS)
        _record_event(session, EventKind.PAYMENT_ENDED, payment, programme_id, by=by, now=now)


def ask_back(session: Session, payment: Payment, *, programme_id: UUID, by: Actor, now: datetime) -> None:
    """Note that what was paid has to be returned."""
    if payment.status is PaymentStatus.PAID:
        advance(session, payment, PaymentStatus.TO_RETURN, edges=PAYMENT_TRANSITIONS)
        _record_event(session, EventKind.PAYMENT_TO_RETURN, payment, programme_id, by=by, now=now)


def renew(session: Session, payment: Payment, *, programme_id: UUID, now: datetime) -> None:
    """Let a payment that had ended be due again."""
    if payment.status is PaymentStatus.ENDED:
        advance(session, payment, PaymentStatus.DUE, edges=PAYMENT_TRANSITIONS)
        _record_event(session, EventKind.PAYMENT_DUE, payment, programme_id, by=SYSTEM, now=now)


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(SMALLEST, rounding=ROUND_HALF_UP)


def _record_event(session: Session, kind: EventKind, payment: Payment, programme_id: UUID, *, by: Actor, now: datetime) -> None:
    events.append_all(session, [_occurrence(kind, payment, programme_id)], by=by, now=now)


def _occurrence(kind: EventKind, payment: Payment, programme_id: UUID) -> Occurrence:
    data = {"stage": payment.stage, "amount": f"{payment.amount:.2f}"}
    return Occurrence(kind, payment.id, payment.submission_id, programme_id, data=data)
