"""What arrived at the mail catcher of the stack, and SMTP servers that answer as they are told."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

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
    return str(body.get_content()).replace("\r\n", "\n")


class Answers:
    """What an SMTP server answers, and the messages it took in spite of it."""

    def __init__(self, recipient: str, data: str, quit_: str) -> None:
        self._recipient, self._data, self._quit = recipient, data, quit_
        self.taken: list[bytes] = []

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802  # aiosmtpd names it
        """Answer about a recipient."""
        if self._recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self._recipient

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd names it
        """Answer to a message."""
        self.taken.append(envelope.original_content or b"")
        return self._data

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd names it
        """Answer to the client's goodbye."""
        return self._quit


@contextmanager
def smtp_that_says(
    recipient: str = "250 ok", *, data: str = "250 taken", quit_: str = "221 bye", **server: Any
) -> Iterator[tuple[str, Answers]]:
    """Run an SMTP server with these answers; yield `host:port` and what it took. `server`: options of aiosmtpd's Controller."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    answers = Answers(recipient, data, quit_)
    controller = Controller(answers, hostname="127.0.0.1", port=port, **server)
    controller.start()
    try:
        yield f"127.0.0.1:{port}", answers
    finally:
        controller.stop()
