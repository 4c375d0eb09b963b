"""What a message is: recipients, facts and texts, and what is only known or only allowed when it is sent: links, codes, files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from shared.events import Event
from shared.notifications.models import Notification
from shared.notifications.operations import Recipient
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Site:
    """This installation as messages need it: its public address, and the key that signs links, codes and tokens."""

    base_url: str
    secret: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the object store that goes with a message."""

    filename: str
    media_type: str
    object_key: str


Facts = dict[str, Any]
"""JSON, kept in the notification's row: never a token or a code. An instant is ISO 8601."""


def no_facts(session: Session, event: Event, site: Site) -> Facts:
    """Return no facts: the texts need only what every message has."""
    return {}


def no_codes(session: Session, notification: Notification, site: Site) -> Mapping[str, str]:
    """Return no codes."""
    return {}


def no_files(session: Session, notification: Notification) -> tuple[StoredFile, ...]:
    """Return no files."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message; `subject` and `body` are Jinja templates.

    Texts may name every fact, `name` (of the recipient), `link`, every code, and `attached` (whether files go with it).
    """

    recipients: Callable[[Session, Event], list[Recipient]]
    """Who gets it, read from the event."""
    facts: Callable[[Session, Event, Site], Facts] = no_facts
    """What it has to say, read from the event once."""
    link: Callable[[Session, Notification, Site], str]
    """The page it leads to, written when it is sent, so that no token is stored."""
    codes: Callable[[Session, Notification, Site], Mapping[str, str]] = no_codes
    """Codes it carries, by the name that texts have for them; written when it is sent, for the same reason."""
    files: Callable[[Session, Notification], tuple[StoredFile, ...]] = no_files
    """What is attached, as far as it exists when the message is sent."""
    subject: Text
    body: Text
