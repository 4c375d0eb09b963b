"""E-mail by SMTP, through Apprise: one Apprise object a message, so that its answer is about this message alone."""

import logging
import re
from contextlib import closing
from email.utils import parseaddr
from urllib.parse import quote
from uuid import UUID

from shared.notifications.channels.refusals import AddressRefused, ChannelUnavailable
from shared.notifications.messages.message import Rendered
from shared.settings import settings

ID_HEADER = "X-Omsap-Notification"
"""The same for a message that had to be sent twice, so that a mail server or a person can tell."""
SOCKET_EXCEPTION = "Socket Exception: "
"""How Apprise's log begins the line with what the server, or the way to it, said."""
_REFUSED = re.compile(r"': \(55[013], ")
"""No such mailbox, not here, not a name (RFC 5321, 4.2.3), as smtplib writes who was refused."""


def send(*, address: str, name: str, message: Rendered, id_: UUID) -> None:
    """Hand one message to the SMTP server. Raises AddressRefused, ChannelUnavailable."""
    # Apprise loads its plug-ins at the first use: a process that sends nothing need not wait for them.
    from apprise import Apprise, NotifyFormat
    from apprise.attachment.memory import AttachMemory

    if not name or parseaddr(address)[1] != address or "@" not in address:
        raise AddressRefused(why=address)
    sender_name, sender = parseaddr(settings().mail_from)
    base = settings().mail_url.get_secret_value()
    arguments = {"from": sender, "name": sender_name, "to": address, f"+{ID_HEADER}": str(id_), "format": "html"}
    joined = "&".join(f"{quote(key, safe='+')}={quote(value)}" for key, value in arguments.items())
    apprise = Apprise()
    if not apprise.add(f"{base}{'&' if '?' in base else '?'}{joined}"):
        raise ChannelUnavailable(why="OMSAP_MAIL_URL is not an Apprise e-mail address")
    _have_apprise_say_why()
    files = [
        AttachMemory(content=file.content, name=file.filename, mimetype=file.media_type)  # type: ignore[no-untyped-call]  # Apprise has no types
        for file in message.attachments
    ]
    with closing(
        apprise.notify(
            title=message.subject, body=message.html, body_format=NotifyFormat.HTML, attach=files or None, log_level=logging.DEBUG
        )
    ) as result:
        if result:
            return
        said = [line.message for line in result.logs()]
    why = "; ".join(line.removeprefix(SOCKET_EXCEPTION) for line in said if line.startswith(SOCKET_EXCEPTION)) or "; ".join(said)
    if _REFUSED.search(why):
        raise AddressRefused(why=why)
    raise ChannelUnavailable(why=why)


def _have_apprise_say_why() -> None:
    """Apprise keeps what a server answered for its most talkative log level, which is for us to read and not for our logs."""
    logger = logging.getLogger("apprise")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
