"""Every legal edge of a payment, and nothing else."""

from enum import StrEnum


class PaymentStatus(StrEnum):
    """How far a payment has come. What was paid never becomes payable again; what is no longer due has ended."""

    DUE = "due"
    PAID = "paid"
    ENDED = "ended"
    TO_RETURN = "to_return"


PAYMENT_TRANSITIONS: dict[PaymentStatus, set[PaymentStatus]] = {
    PaymentStatus.DUE: {PaymentStatus.PAID, PaymentStatus.ENDED},
    PaymentStatus.PAID: {PaymentStatus.TO_RETURN},
    PaymentStatus.ENDED: {PaymentStatus.DUE},
}
