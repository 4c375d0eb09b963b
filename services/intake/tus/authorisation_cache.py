"""Who may write an upload was asked a moment ago: a run of small PATCHes asks once in some seconds, not each time.

A link that is revoked ends a run after that time, or with the sender's next HEAD; the deadline counts to the instant.
"""

from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from uuid import UUID

SECONDS = 5.0
MOST = 4096


@dataclass(frozen=True, slots=True)
class Pass:
    """An upload of so many bytes that the bearer of a token may write until an instant; when it expires."""

    size_bytes: int
    writable_until: datetime
    expires_at: datetime


_given: dict[tuple[str, UUID], tuple[float, Pass]] = {}


def give(token: str | None, upload_id: UUID, allowed: Pass) -> None:
    """Remember what was found."""
    if token is not None:
        if len(_given) >= MOST:
            _given.clear()
        _given[token, upload_id] = monotonic() + SECONDS, allowed


def given(token: str | None, upload_id: UUID, *, now: datetime) -> Pass | None:
    """Return what was found a moment ago, None when it has to be asked again."""
    if token is None:
        return None
    until, allowed = _given.get((token, upload_id), (0.0, None))
    return allowed if allowed and monotonic() < until and now <= allowed.writable_until else None


def take_back(token: str | None, upload_id: UUID) -> None:
    """Have it asked again."""
    if token is not None:
        _given.pop((token, upload_id), None)
