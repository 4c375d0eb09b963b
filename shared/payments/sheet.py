"""The sheet of payments: one row a status. Pure."""

from shared.payments.lifecycle import PaymentStatus
from shared.text import Look, StatusRow, Tag, Text

PAYMENT_SHEET: dict[PaymentStatus, StatusRow] = {
    PaymentStatus.DUE: StatusRow(tag=Tag(Text("รอโอนเงิน", "to be paid"), Look.WAIT)),
    PaymentStatus.PAID: StatusRow(tag=Tag(Text("โอนแล้ว", "paid"), Look.GOOD)),
    PaymentStatus.ENDED: StatusRow(tag=Tag(Text("ไม่ต้องจ่ายแล้ว", "no longer due"), Look.PLAIN)),
    PaymentStatus.TO_RETURN: StatusRow(tag=Tag(Text("ต้องคืนเงิน", "to be returned"), Look.BAD), is_final=True),
}
