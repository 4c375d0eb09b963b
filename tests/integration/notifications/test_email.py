"""E-mail over SMTP, to the mail catcher of the stack and to servers that answer as they are told."""

import re
from base64 import b64decode
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from uuid import UUID

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from factories.mail import arrived, read, smtp_that_says
from pydantic import SecretStr

from shared.database import new_id
from shared.notifications import channels
from shared.notifications.channels import email
from shared.notifications.channels.email import SenderInvalid
from shared.notifications.channels.envelope import Envelope
from shared.notifications.channels.refusals import AddressRefused, ChannelUnavailable
from shared.notifications.channels.smtp import MailUrlInvalid
from shared.notifications.rendering import Attachment, Rendered
from shared.settings import settings

pytestmark = pytest.mark.usefixtures("engine")
MESSAGE = Rendered("ได้รับผลงานแล้ว · Submitted", "เรียน นางสมใจ\n\nhttps://x.example/s/a.b\n")
HEADERS = sorted(
    (
        "Auto-Submitted",
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
        "X-Envelope-To",
        "X-Omsap-Notification",
    )
)
AT = datetime(2020, 5, 29, 16, 59, 59, 123456, tzinfo=UTC)


def envelope(address: str = "somjai@groups.example", name: str = "นางสมใจ", id_: UUID | None = None) -> Envelope:
    return Envelope(id_ or new_id(), AT, name, address)


def sent(message: Rendered = MESSAGE, address: str = "somjai@groups.example", name: str = "นางสมใจ") -> EmailMessage:
    """Send a message to the mail catcher; return it as it arrived."""
    about = envelope(address, name)
    email.send(about, message)
    (mail,) = arrived(id=str(about.id))
    assert mail.defects == []
    return mail


def unfolded(mail: EmailMessage, name: str) -> str:
    """A header as it travelled, on one line."""
    return str(message_from_bytes(mail.as_bytes())[name]).replace("\r\n", "").replace("\n", "")


def using(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr(settings(), "mail_url", SecretStr(url))


def test_message_arrives_with_its_subject_sender_and_words() -> None:
    mail = sent()
    assert mail["Subject"] == "ได้รับผลงานแล้ว · Submitted"
    assert mail["To"].addresses[0].display_name == "นางสมใจ"
    assert mail["To"].addresses[0].addr_spec == "somjai@groups.example"
    assert mail["From"] == "Omsap <no-reply@omsap.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"
    assert read(mail) == MESSAGE.text
    html = mail.get_body(("html",))
    assert html is not None
    assert '<p>เรียน นางสมใจ</p>\n<p><a href="https://x.example/s/a.b">https://x.example/s/a.b</a></p>' in html.get_content().replace(
        "\r\n", "\n"
    )


@pytest.mark.parametrize("name", ["ใบรับ " + "กลุ่มออมทรัพย์ " * 20 + ".pdf", 'the "plan", 1; 2.pdf', "%E0%B8%81 ก.pdf"])
def test_filename_keeps_every_letter(name: str) -> None:
    mail = sent(Rendered("ใบรับ", "เรียน", (Attachment(name, "application/pdf", b"%PDF"),)))
    assert [part.get_filename() for part in mail.iter_attachments()] == [name]


def test_every_try_is_the_same_message_of_the_same_date() -> None:
    about = envelope()
    email.send(about, MESSAGE)
    email.send(about, MESSAGE)
    one, other = arrived(id=str(about.id))
    assert one["Message-ID"] == other["Message-ID"] == f"<{about.id}@omsap.example>"
    assert one["Date"] == other["Date"]
    assert one["Date"].datetime == AT.replace(microsecond=0)


def test_attached_file_keeps_its_thai_name_and_every_byte() -> None:
    pdf = b"%PDF-1.7\r\n.\r\n" + bytes(range(256)) * 300
    mail = sent(Rendered("ใบรับ", "เรียน", (Attachment("ใบรับ LT63-0001.pdf", "application/pdf", pdf),)))
    assert mail.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["multipart/alternative", "application/pdf"]
    (part,) = mail.iter_attachments()
    assert (part.get_filename(), part.get_content(), part.defects) == ("ใบรับ LT63-0001.pdf", pdf, [])
    assert read(mail) == "เรียน\n"


@pytest.mark.parametrize(
    "subject",
    [
        "ขอเชิญส่งผลงาน โครงการเล็ก · Invitation: A little programme",
        "ก ข  ค",
        "a b ก c d",
        "Subject " * 30,
        "=?utf-8?q?x?=",
        "ผล =?utf-8?q?x?=",
    ],
)
def test_subject_keeps_every_word_and_the_spaces_between_them(subject: str) -> None:
    assert sent(Rendered(subject, "เรียน"))["Subject"] == " ".join(subject.split())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Somjai, the chair <x@y.example>", '"Somjai, the chair <x@y.example>"'),
        ('Somjai "the chair"', r'"Somjai \"the chair\""'),
        ("นางสมใจ ทองหลาง · Somjai T. ก ข", "นางสมใจ ทองหลาง · Somjai T. ก ข"),
        ("นางสมใจ, ทองหลาง (ประธาน) <x@y.example>", "นางสมใจ, ทองหลาง (ประธาน) <x@y.example>"),
        ("นาง" + "สมใจ" * 60, "นาง" + "สมใจ" * 60),
        ("นางสมใจ\r\nBcc: all@groups.example", "นางสมใจ Bcc: all@groups.example"),
    ],
)
def test_name_is_one_name_whatever_is_in_it(name: str, expected: str) -> None:
    mail = sent(name=name)
    # As RFC 2047 says, without the space that Python 3.11's own reader puts between encoded words.
    assert str(make_header(decode_header(unfolded(mail, "To")))) == f"{expected} <somjai@groups.example>"
    assert [address.addr_spec for address in mail["To"].addresses] == ["somjai@groups.example"]
    assert mail["X-Envelope-To"] == "somjai@groups.example"
    assert mail["Bcc"] is None


def test_somebody_without_a_name_is_written_to_all_the_same() -> None:
    assert sent(name="")["To"] == "somjai@groups.example"


@pytest.mark.parametrize(
    "breach",
    [
        "\r\nBcc: all@groups.example",
        "\nBcc: all@groups.example",
        "\r\n\r\nanother body",
        "\x00\x1b[2J",
        "\u2028Bcc: all@groups.example",
        "=?utf-8?q?x=0D=0ABcc:_all@groups.example?=",
        "=?utf-8?b?eA0KQmNjOiBhbGxAZ3JvdXBzLmV4YW1wbGU=?=",
    ],
)
def test_name_subject_and_filename_begin_no_other_header(breach: str) -> None:
    for thai in ("ผลงาน ", ""):
        message = Rendered(f"{thai}{breach}", "เรียน", (Attachment(f"{thai}{breach}.pdf", "application/pdf", b"%PDF"),))
        mail = sent(message, name=f"{thai}{breach}")
        assert sorted(mail.keys()) == HEADERS
        (part,) = mail.iter_attachments()
        assert sorted(part.keys()) == ["Content-Disposition", "Content-Transfer-Encoding", "Content-Type", "MIME-Version"]
        assert not re.search(r"[\x00-\x1f]", mail["Subject"] + str(part.get_filename()))
        assert read(mail) == "เรียน\n"


def test_long_thai_subject_is_cut_between_letters_and_every_line_is_short() -> None:
    subject = "ขอเชิญส่งผลงานโครงการประกวดแผนธุรกิจกลุ่มออมทรัพย์เพื่อการผลิตดีเด่น" * 6
    with smtp_that_says() as (server, answers), pytest.MonkeyPatch.context() as changed:
        using(changed, f"mailto://{server}")
        email.send(envelope(), Rendered(subject, "ไทย" * 900 + "\n" + "x" * 5000 + "\n.\nFrom here\n"))
    (raw,) = answers.taken
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    # Each encoded word has to be text by itself (RFC 2047, section 5): a letter of three bytes is not cut.
    encoded = re.findall(r"=\?utf-8\?b\?([A-Za-z0-9+/=]+)\?=", unfolded(mail, "Subject"))
    assert "".join(b64decode(word).decode() for word in encoded) == subject
    assert read(mail) == "ไทย" * 900 + "\n" + "x" * 5000 + "\n.\nFrom here\n"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "somjai",
        "a@b.example, c@d.example",
        "Somjai <a@b.example>",
        "a@b.example\r\nBcc: c@d.example",
        "@b.example",
        "a@",
        "a b@c.example",
        "a@b..example",
    ],
)
def test_what_is_no_single_address_cannot_be_reached(address: str) -> None:
    assert not email.can_reach(address)
    with pytest.raises(AddressRefused):
        email.send(envelope(address), MESSAGE)


def test_thai_domain_is_written_as_dns_has_it() -> None:
    assert sent(address="somjai@กลุ่ม.example")["X-Envelope-To"] == "somjai@xn--12c8dl0fxd.example"


@pytest.mark.parametrize("name", ["", "นางสมใจ", "Somjai", "Somjai, chair"])
def test_thai_mailbox_is_reached_where_the_server_takes_such_addresses(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    about = envelope("สมใจ@groups.example", name)
    with smtp_that_says(enable_SMTPUTF8=True) as (server, answers):
        using(monkeypatch, f"mailto://{server}")
        email.send(about, MESSAGE)
    assert "สมใจ@groups.example".encode() in answers.taken[0]
    with smtp_that_says(enable_SMTPUTF8=False) as (server, answers):
        using(monkeypatch, f"mailto://{server}")
        with pytest.raises(AddressRefused, match="takes no address like สมใจ"):
            email.send(about, MESSAGE)
    assert answers.taken == []


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        ("550 5.1.1 no such mailbox", AddressRefused),
        ("551 5.1.6 moved away", AddressRefused),
        ("552 5.2.2 mailbox full for good", AddressRefused),
        ("553 5.1.3 no such domain", AddressRefused),
        ("556 5.1.10 domain without mail", AddressRefused),
        ("421 4.3.2 shutting down", ChannelUnavailable),
        ("450 4.2.1 mailbox busy", ChannelUnavailable),
        ("451 4.7.1 greylisted, come back later", ChannelUnavailable),
        ("452 4.2.2 mailbox full", ChannelUnavailable),
        ("530 5.7.0 sign in first", ChannelUnavailable),
        ("554 5.7.1 relay access denied", ChannelUnavailable),
    ],
)
def test_answer_about_the_recipient_decides_whether_to_try_again(
    answer: str, refusal: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    with smtp_that_says(answer) as (server, _):
        using(monkeypatch, f"mailto://{server}")
        with pytest.raises(refusal, match=re.escape(answer)) as refused:
            email.send(envelope(), MESSAGE)
    assert type(refused.value) is refusal


@pytest.mark.parametrize("answer", ["451 4.3.0 disk full", "554 5.7.1 looks like spam", "550 5.7.1 refused by policy"])
def test_message_that_is_not_taken_is_not_the_recipients_fault(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with smtp_that_says(data=answer) as (server, _):
        using(monkeypatch, f"mailto://{server}")
        with pytest.raises(ChannelUnavailable, match=re.escape(answer)):
            email.send(envelope(), MESSAGE)


@pytest.mark.parametrize("goodbye", ["451 4.3.0 too busy to say goodbye", "500 what"])
def test_message_that_was_taken_is_sent_whatever_follows(goodbye: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with smtp_that_says(quit_=goodbye) as (server, answers):
        using(monkeypatch, f"mailto://{server}")
        email.send(envelope(), MESSAGE)
    assert len(answers.taken) == 1


def test_server_that_is_away_may_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    using(monkeypatch, "mailto://127.0.0.1:1")
    with pytest.raises(ChannelUnavailable, match="Connection refused"):
        email.send(envelope(), MESSAGE)


def test_connection_that_cannot_be_encrypted_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with smtp_that_says() as (server, answers):
        using(monkeypatch, f"mailtos://{server}")
        with pytest.raises(ChannelUnavailable, match="STARTTLS"):
            email.send(envelope(), MESSAGE)
    assert answers.taken == []


@pytest.mark.parametrize(("password", "taken"), [("p%40ss", 1), ("wrong", 0)])
def test_user_signs_in_to_the_server(password: str, taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_known(_server: object, _session: object, _envelope: object, _mechanism: object, data: LoginPassword) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"user", b"p@ss"), handled=False)

    with smtp_that_says(authenticator=is_known, auth_require_tls=False) as (server, answers):
        using(monkeypatch, f"mailto://user:{password}@{server}")
        if taken:
            email.send(envelope(), MESSAGE)
        else:
            with pytest.raises(ChannelUnavailable, match="535") as refused:
                email.send(envelope(), MESSAGE)
            assert password not in str(refused.value)
    assert len(answers.taken) == taken


def test_settings_that_cannot_be_used_are_refused_at_the_start_and_are_not_the_recipients_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    channels.check_settings()
    with monkeypatch.context() as changed:
        using(changed, "nonsense")
        with pytest.raises(MailUrlInvalid, match="OMSAP_MAIL_URL"):
            channels.check_settings()
        with pytest.raises(ChannelUnavailable, match="OMSAP_MAIL_URL"):
            email.send(envelope(), MESSAGE)
    with monkeypatch.context() as changed:
        changed.setattr(settings(), "mail_from", "Omsap")
        with pytest.raises(SenderInvalid, match="OMSAP_MAIL_FROM"):
            channels.check_settings()
