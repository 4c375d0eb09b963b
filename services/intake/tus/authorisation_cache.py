"""Cache of write permissions, so that a run of small PATCHes asks the database for them once in a few seconds, not each time.

A link that is revoked therefore still works until its entry expires, or until its sender's next HEAD. Deadlines hold to the instant.
"""

from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from uuid import UUID

LIFETIME_SECONDS = 5.0
MOST_ENTRIES = 4096


@dataclass(frozen=True, slots=True)
class Authorisation:
    """Permission to write an upload of `size_bytes` until `writable_until`; if unfinished, the upload expires at `expires_at`."""

    size_bytes: int
    writable_until: datetime
    expires_at: datetime


class AuthorisationCache:
    """Authorisations by token and upload. Requests without a token are never cached."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, UUID], tuple[float, Authorisation]] = {}

    def add(self, token: str | None, upload_id: UUID, authorisation: Authorisation) -> None:
        """Remember an authorisation for `LIFETIME_SECONDS`."""
        if token is not None:
            if len(self._entries) >= MOST_ENTRIES:
                self._entries.clear()
            self._entries[token, upload_id] = monotonic() + LIFETIME_SECONDS, authorisation

    def find(self, token: str | None, upload_id: UUID, *, now: datetime) -> Authorisation | None:
        """Return a remembered authorisation that still holds at `now`, None if the database has to be asked."""
        if token is None:
            return None
        until, authorisation = self._entries.get((token, upload_id), (0.0, None))
        return authorisation if authorisation and monotonic() < until and now <= authorisation.writable_until else None

    def forget(self, token: str | None, upload_id: UUID) -> None:
        """Have the database asked at the next request."""
        if token is not None:
            self._entries.pop((token, upload_id), None)
