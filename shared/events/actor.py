"""Who did something, as history shows it."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """A group by its link, a member of staff by account, or the system itself."""

    GROUP = "group"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `id` is the account, or the submission whose link was used; None for the system.

    The name of a group and of the system is their role; `shared.events.texts` says how it is shown.
    """

    kind: ActorKind
    id: UUID | None
    name: str

    @classmethod
    def group(cls, submission_id: UUID | None) -> "Actor":
        """Return a group that acts by its link."""
        return cls(ActorKind.GROUP, submission_id, str(ActorKind.GROUP))


SYSTEM = Actor(ActorKind.SYSTEM, None, str(ActorKind.SYSTEM))
