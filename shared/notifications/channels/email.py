"""E-mail by SMTP, through Apprise: one Apprise object a message, so that its answer is about this message alone."""

import re
from email.utils import parseaddr
from urllib.parse import quote
from uuid import UUID

from shared.notifications.channels.refusals import AddressRefused, ChannelUnavailable
from shared.notifications.messages.message import Rendered
from shared.settings import settings

ID_HEADER = "X-Omsap-Notification"
"""The same for a message that had to be sent twice, so that a mail server or a person can tell."""
_REFUSED = re.compile(r"\b55\d\b|recipients? refused", re.IGNORECASE)


def send(*, address: str, name: str, message: Rendered, id_: UUID) -> None:
    """Hand one message to the SMTP server. Raises AddressRefused, ChannelUnavailable."""
    # Apprise loads its plug-ins at the first use: a process that sends nothing need not wait for them.
    from apprise import Apprise, NotifyFormat

    if not name or parseaddr(address)[1] != address or "@" not in address:
        raise AddressRefused(why=address)
    sender_name, sender = parseaddr(settings().mail_from)
    base = settings().mail_url.get_secret_value()
    arguments = {"from": sender, "name": sender_name, "to": address, f"+{ID_HEADER}": str(id_), "format": "html"}
    joined = "&".join(f"{quote(key, safe='+')}={quote(value)}" for key, value in arguments.items())
    apprise = Apprise()
    if not apprise.add(f"{base}{'&' if '?' in base else '?'}{joined}"):
        raise ChannelUnavailable(why="OMSAP_MAIL_URL is not an Apprise e-mail address")
    result = apprise.notify(title=message.subject, body=message.html, body_format=NotifyFormat.HTML)
    if result:
        return
    words = " ".join(str(line) for line in result.logs())[:500] if hasattr(result, "logs") else "not sent"
    if _REFUSED.search(words):
        raise AddressRefused(why=words)
    raise ChannelUnavailable(why=words)
