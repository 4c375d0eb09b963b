"""E-mail: plain text and HTML of the same words, with the files attached, by the SMTP server of `OMSAP_MAIL_URL`."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape
from unicodedata import category

from shared.notifications.channels import headers, smtp
from shared.notifications.channels.envelope import Envelope
from shared.notifications.channels.refusals import AddressRefused, ChannelUnavailable
from shared.notifications.rendering import Attachment, Rendered
from shared.settings import settings

ID_HEADER = "X-Omsap-Notification"
"""The id of the notification, for people who look for its row."""
POLICY = SMTP.clone(cte_type="7bit")
"""Bodies travel in base64 or quoted-printable where they are not plain ASCII: not every server takes 8-bit text."""
WEB_ADDRESS = re.compile(r"https?://\S+")


class SenderInvalid(ChannelUnavailable):
    """OMSAP_MAIL_FROM is no e-mail address."""

    th = "ค่า OMSAP_MAIL_FROM ใช้ไม่ได้: {value}"
    en = "OMSAP_MAIL_FROM cannot be used: {value}. It looks like Omsap <no-reply@omsap.example>"


def check_settings() -> None:
    """Raise MailUrlInvalid or SenderInvalid when OMSAP_MAIL_URL or OMSAP_MAIL_FROM cannot be used."""
    smtp.mail_server(settings().mail_url.get_secret_value())
    _sender()


def can_reach(address: str) -> bool:
    """Return whether this is one e-mail address and nothing else."""
    return _mailbox(address) is not None


def send(envelope: Envelope, message: Rendered) -> None:
    """Have the mail server take a message. Raises AddressRefused, ChannelUnavailable."""
    recipient = _mailbox(envelope.address)
    if recipient is None:
        raise AddressRefused(why=envelope.address)
    server, sender = smtp.mail_server(settings().mail_url.get_secret_value()), _sender()
    mail = compose(envelope, message, sender=sender, recipient=recipient)
    smtp.deliver(server, mail, sender=sender.addr_spec, recipient=recipient.addr_spec)


def compose(envelope: Envelope, message: Rendered, *, sender: Address, recipient: Address) -> EmailMessage:
    """Make the mail; every try makes the same one, so that a mail server or a reader can drop the second."""
    mail = EmailMessage(policy=POLICY)
    mail["From"] = headers.mailbox("From", sender.display_name, sender.addr_spec)
    mail["To"] = headers.mailbox("To", envelope.name, recipient.addr_spec)
    mail["Subject"] = headers.text("Subject", message.subject)
    mail["Date"] = format_datetime(envelope.created_at)
    mail["Message-ID"] = f"<{envelope.id}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail[ID_HEADER] = str(envelope.id)
    mail.set_content(message.text)
    mail.add_alternative(html(message.text), subtype="html")
    for file in message.attachments:
        main, _, sub = file.media_type.partition("/")
        mail.add_attachment(file.content, maintype=main, subtype=sub, filename=_filename(file))
    return mail


def html(text: str) -> str:
    """Make paragraphs of plain text; an address on a line of its own becomes a link, all else stays text."""
    blocks = []
    for block in text.strip().split("\n\n"):
        lines = [
            f'<a href="{escape(line)}">{escape(line)}</a>' if WEB_ADDRESS.fullmatch(line) else escape(line) for line in block.split("\n")
        ]
        blocks.append("<p>" + "<br>".join(lines) + "</p>")
    return "\n".join(blocks)


def _sender() -> Address:
    name, address = parseaddr(settings().mail_from)
    mailbox = _mailbox(address)
    if mailbox is None:
        raise SenderInvalid(value=settings().mail_from)
    return Address(name, mailbox.username, mailbox.domain)


def _mailbox(address: str) -> Address | None:
    """Return an address with its domain as DNS has it; None for what is not exactly one address."""
    local, _, domain = address.rpartition("@")
    if (
        not local
        or not domain
        or '"' in local
        or parseaddr(address) != ("", address)
        or any(category(letter)[0] in "CZ" for letter in address)
    ):
        return None
    try:
        return Address(username=local, domain=domain.encode("idna").decode("ascii"))
    except ValueError:  # a UnicodeError of IDNA is one: an empty label, or one that is too long
        return None


def _filename(file: Attachment) -> str:
    """Return the name for the header of a file; see `headers` on what `email` does with the beginning of an encoded word."""
    return headers.one_line(file.filename).replace("=?", "= ?")
