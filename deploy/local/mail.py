"""A mail catcher: takes every message over SMTP on loopback and keeps it as a file. `python -m deploy.local.mail PORT FOLDER`."""

import asyncio
import os
import sys
from pathlib import Path
from uuid import uuid4

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session

from shared import clock


class Keeper:
    """Keeps each message as `{time}-{id}.eml`, in one step, so that a reader never sees half of one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd names it
        """Store the message with its recipients in a header, and answer."""
        recipients = ", ".join(envelope.rcpt_tos)
        content = envelope.original_content or b""
        name = f"{clock.now():%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}.eml"
        partial = self.folder / f".{name}"
        partial.write_bytes(f"X-Envelope-To: {recipients}\r\n".encode() + content)
        os.replace(partial, self.folder / name)
        return "250 kept"


def main() -> None:
    """Serve until killed."""
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    loop = asyncio.new_event_loop()
    controller = UnthreadedController(Keeper(folder), hostname="127.0.0.1", port=port, loop=loop, enable_SMTPUTF8=True)
    controller.begin()  # type: ignore[no-untyped-call]  # aiosmtpd leaves this one untyped
    loop.run_forever()


if __name__ == "__main__":
    main()
