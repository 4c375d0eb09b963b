"""The groups' letter boxes: what the stack's mail catcher kept, read as their mail programs would."""

import re
from collections.abc import Collection
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from time import monotonic, sleep

LINK = re.compile(r"/s/([A-Za-z0-9_.~-]+)")
PATIENCE = 120.0
PAUSE = 0.3


class LetterMissing(RuntimeError):
    """Somebody who was written to has no letter."""


class LetterBox:
    """Letters that came after it was opened; `folder` is where the mail catcher keeps them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read = {path.name for path in folder.glob("*.eml")}

    def links(self, references: Collection[str]) -> dict[str, str]:
        """Wait for the letters that name `references`; return the token of the link in each, by reference. Raises LetterMissing."""
        until, found = monotonic() + PATIENCE, dict[str, str]()
        wanted = {reference: re.compile(rf"\b{re.escape(reference)}\b") for reference in references}
        while len(found) < len(wanted):
            for text in self._new():
                link = LINK.search(text)
                for reference, pattern in wanted.items():
                    if link and reference not in found and pattern.search(text):
                        found[reference] = link[1]
            if len(found) < len(wanted):
                if monotonic() > until:
                    raise LetterMissing(f"no letter came for {', '.join(sorted(set(wanted) - set(found)))}")
                sleep(PAUSE)
        return found

    def _new(self) -> list[str]:
        names = sorted(path.name for path in self._folder.glob("*.eml") if path.name not in self._read)
        self._read.update(names)
        return [_text(self._folder / name) for name in names]


def _text(path: Path) -> str:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
    return str(body.get_content()) if body is not None else ""
