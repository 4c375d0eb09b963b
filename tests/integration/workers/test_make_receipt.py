"""The PDF of a receipt, and the message that carries it."""

from email.message import EmailMessage
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from uuid import UUID

import pikepdf
import pytest
from factories.doors import work
from factories.jobs import aged, job
from factories.mail import arrived, read
from factories.receipts import AT, DAY, MAKING, SUMS, TELLING, again, handed_in, made
from factories.uploads import store_away
from sqlalchemy import select

from shared.database import transaction
from shared.notifications.models import Notification
from shared.queue import kinds
from shared.queue.lifecycle import JobState
from shared.queue.models import Job
from shared.settings import settings
from shared.storage import store
from shared.submissions.models import Receipt

pytestmark = pytest.mark.usefixtures("clean")
NAME = "ใบรับ LT63-0001.pdf"


def mails() -> list[EmailMessage]:
    """What the group was sent of its receipts, the oldest first."""
    with transaction() as session:
        told = session.scalars(select(Notification).where(Notification.message == "submission_received").order_by(Notification.id)).all()
    return [mail for row in told for mail in arrived(id=str(row.id))]


def attached(mail: EmailMessage) -> list[tuple[str | None, bytes]]:
    return [(part.get_filename(), part.get_content()) for part in mail.iter_attachments()]


def waiting() -> UUID:
    """The job that makes the PDF."""
    with transaction() as session:
        return session.scalars(select(Job.id).where(Job.kind == kinds.MAKE_RECEIPT.name)).one()


def tried(id_: UUID) -> None:
    """Have the time of the job come, and work on it once."""
    aged(id_, "run_at")
    import_module("workers.base").execute(import_module("workers.notification.tasks").make_receipt, id_)


def content_of(receipt: Receipt) -> bytes:
    assert receipt.pdf_key is not None
    return b"".join(store().read(receipt.pdf_key))


def test_group_gets_one_mail_with_the_code_the_sums_and_the_pdf() -> None:
    receipt = made(handed_in())
    assert mails() == []
    work(TELLING)
    (mail,) = mails()
    assert mail["Subject"] == "ใบรับผลงาน LT63-0001 · Receipt LT63-0001"
    said = read(mail)
    for words in (receipt.code, "25 พฤษภาคม 2563 10.00 น.", "คลิป-ลับ.mp4 (173.9 MB)", *SUMS.values()):
        assert words in said
    assert f"{settings().base_url}/s/receipts/{receipt.code}" in said
    ((name, content),) = attached(mail)
    assert (name, sha256(content).hexdigest()) == (NAME, receipt.pdf_sha256)
    assert content == content_of(receipt)
    assert len(pikepdf.open(BytesIO(content)).pages) == 1


def test_each_handing_in_is_told_with_its_own_pdf() -> None:
    first = handed_in()
    work(MAKING | TELLING)
    second = again(first, at=AT + DAY)
    work(MAKING | TELLING)
    with transaction() as session:
        made_ = [session.get_one(Receipt, receipt.id) for receipt in (first, second)]
    assert [attached(mail) for mail in mails()] == [[(NAME, content_of(receipt))] for receipt in made_]
    assert made_[0].pdf_sha256 != made_[1].pdf_sha256


def test_group_is_told_without_the_pdf_when_it_takes_too_long_and_finds_it_later() -> None:
    receipt = handed_in()
    id_ = waiting()
    with store_away():
        for told in (0, 0, 1):
            tried(id_)
            work(TELLING)
            assert len(mails()) == told
    assert job(id_).state == JobState.PENDING
    (mail,) = mails()
    assert attached(mail) == []
    assert receipt.code in read(mail)
    assert "ใบรับฉบับ PDF เปิดได้จากหน้าของกลุ่ม" in read(mail)
    tried(id_)
    work(TELLING)
    assert (job(id_).state, len(mails())) == (JobState.DONE, 1)
    assert content_of(made(receipt)).startswith(b"%PDF")


def test_pdf_that_can_not_be_made_is_left_to_an_operator_and_the_group_was_told() -> None:
    handed_in()
    id_ = waiting()
    with store_away():
        for _ in range(kinds.MAKE_RECEIPT.attempts):
            tried(id_)
    work(TELLING)
    assert (job(id_).state, len(mails())) == (JobState.DEAD, 1)
