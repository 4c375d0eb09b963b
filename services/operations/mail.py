"""What the local mail catcher keeps, as operators of an embedded stack read it."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from shared.errors import NotFound

NAME = re.compile(r"^\d{8}T\d{12,}-[0-9a-f]{8}$")
NEWEST = 200


class MailUnknown(NotFound):
    """There is no such message, or this installation keeps none."""

    th = "ไม่พบข้อความนี้"
    en = "There is no such message."


@dataclass(frozen=True, slots=True)
class Mail:
    """One kept message."""

    name: str
    to: str
    subject: str
    date: str
    text: str


def newest(folder: Path) -> list[Mail]:
    """Return the newest messages, the newest first."""
    files = sorted((path for path in folder.glob("*.eml") if NAME.match(path.stem)), reverse=True)
    return [_read(path) for path in files[:NEWEST]]


def one(folder: Path, name: str) -> Mail:
    """Return one message. Raises MailUnknown."""
    path = folder / f"{name}.eml"
    if not NAME.match(name) or not path.is_file():
        raise MailUnknown
    return _read(path)


def _read(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
    text = str(body.get_content()) if body is not None else ""
    return Mail(path.stem, str(message.get("To", "")), str(message.get("Subject", "")), str(message.get("Date", "")), text)
