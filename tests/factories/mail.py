"""What arrived at the mail catcher of the stack, and SMTP servers that do not take mail."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from shared.notifications.channels.email import ID_HEADER
from shared.settings import settings


def arrived(**headers: str) -> list[EmailMessage]:
    """Return the messages that arrived with these headers (`id` for that of the notification), the oldest first."""
    folder = settings().mail_folder
    assert folder is not None
    wanted = {ID_HEADER if name == "id" else name: value for name, value in headers.items()}
    found = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))]
    return [mail for mail in found if all(mail[name] == value for name, value in wanted.items())]


def read(mail: EmailMessage) -> str:
    """Return the text of a message, as a reader of plain text or of HTML has it."""
    body = mail.get_body(("plain", "html"))
    assert body is not None
    return str(body.get_content())


@contextmanager
def smtp_that_says(answer: str) -> Iterator[str]:
    """Run an SMTP server that gives this answer to every recipient; yield its Apprise address."""

    class Refuser:
        async def handle_RCPT(self, _server: SMTP, _session: Session, _envelope: Envelope, _address: str, _options: list[str]) -> str:  # noqa: N802  # aiosmtpd names it
            return answer

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(Refuser(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"mailto://127.0.0.1:{port}"
    finally:
        controller.stop()
