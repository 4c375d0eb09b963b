"""One message to one recipient over SMTP, and what the answers of the server mean."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from shared.notifications.channels.refusals import AddressRefused, ChannelUnavailable

SECONDS = 30.0
"""For each answer of the server."""
NEVER = frozenset({521, 550, 551, 552, 553, 556})
"""Answers about a recipient that another try does not change: no such mailbox or domain, not local, full for good, not a mailbox's name,
a domain without mail (RFC 5321 section 4.2.3, RFC 7504). Others, as 554, 530 or 4xx, are about the server or about us."""


class Security(StrEnum):
    """How the connection is encrypted, named as in `?mode=` of the address: not at all, after STARTTLS, or from its beginning."""

    INSECURE = "insecure"
    STARTTLS = "starttls"
    SSL = "ssl"


PORTS = {Security.INSECURE: 25, Security.STARTTLS: 587, Security.SSL: 465}


class MailUrlInvalid(ChannelUnavailable):
    """OMSAP_MAIL_URL names no mail server that can be used."""

    th = "ค่า OMSAP_MAIL_URL ใช้ไม่ได้: {why}"
    en = "OMSAP_MAIL_URL cannot be used: {why}. It looks like mailtos://user:password@smtp.example.org or mailto://127.0.0.1:1025"


@dataclass(frozen=True, slots=True)
class MailServer:
    """An SMTP server, and who signs in to it; `user` None: nobody does."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str = ""


def mail_server(url: str) -> MailServer:
    """Read the address of an SMTP server. Raises MailUrlInvalid, whose text never repeats the password.

    `mailto://` is not encrypted (port 25), `mailtos://` is after STARTTLS (port 587), and from the beginning with port 465 or `?mode=ssl`.
    """
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise MailUrlInvalid(why="its host or port cannot be read") from error
    if parts.scheme not in {"mailto", "mailtos"}:
        raise MailUrlInvalid(why="it does not begin with mailto:// or mailtos://")
    if not host or port == 0:
        raise MailUrlInvalid(why="it names no host, or port 0")
    if parts.path.strip("/") or parts.fragment:
        raise MailUrlInvalid(why="after the host and port there is more than ?mode=; write / ? # @ % in a password as %2F %3F %23 %40 %25")
    if parts.password is not None and not parts.username:
        raise MailUrlInvalid(why="it has a password and no user")
    security = _security(parts, port)
    user = unquote(parts.username) if parts.username else None
    return MailServer(host, port or PORTS[security], security, user, unquote(parts.password or ""))


def _security(parts: SplitResult, port: int | None) -> Security:
    query = parse_qs(parts.query, keep_blank_values=True)
    if query.keys() - {"mode"}:
        raise MailUrlInvalid(why=f"it has {', '.join(sorted(query.keys() - {'mode'}))}, and only ?mode= is known")
    if "mode" in query:
        try:
            return Security(query["mode"][-1])
        except ValueError:
            raise MailUrlInvalid(why=f"?mode= is one of {', '.join(Security)}") from None
    if parts.scheme == "mailto":
        return Security.INSECURE
    return Security.SSL if port == PORTS[Security.SSL] else Security.STARTTLS


def deliver(server: MailServer, mail: EmailMessage, *, sender: str, recipient: str) -> None:
    """Have a server take a message for one recipient. Raises AddressRefused, ChannelUnavailable."""
    try:
        with _connected(server) as smtp:
            smtp.ehlo_or_helo_if_needed()
            if not recipient.isascii() and not smtp.has_extn("smtputf8"):
                raise AddressRefused(why=f"the mail server takes no address like {recipient}")
            smtp.send_message(mail, from_addr=sender, to_addrs=[recipient])
    except smtplib.SMTPRecipientsRefused as refused:
        ((code, answer),) = refused.recipients.values()
        raise (AddressRefused if code in NEVER else ChannelUnavailable)(why=_readable(code, answer)) from refused
    except smtplib.SMTPResponseException as error:
        raise ChannelUnavailable(why=_readable(error.smtp_code, error.smtp_error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise ChannelUnavailable(why=str(error) or type(error).__name__) from error


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if server.security is Security.SSL:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        if server.security is Security.STARTTLS:
            smtp.starttls(context=context)
        if server.user is not None:
            smtp.login(server.user, server.password)
        yield smtp
        # The message is taken: what the server says to our goodbye must not have it sent once more.
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
    finally:
        smtp.close()


def _readable(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}"
