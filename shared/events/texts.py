"""How an actor is shown: people by their name, a group and the system by their role, in the reader's language."""

from shared.events.actor import ActorKind
from shared.text import Text

ROLES: dict[str, Text] = {
    ActorKind.GROUP: Text("กลุ่ม", "Group"),
    ActorKind.SYSTEM: Text("ระบบ", "System"),
}
"""Actors without a name of their own."""


def actor_text(kind: str, name: str) -> Text:
    """Return how an actor is shown.

    The name of a group or of the system is its role, which rows of 2026 and before keep as the Thai word. Another name, such as that of
    an operator at a terminal, is shown as it is.
    """
    role = ROLES.get(kind)
    return role if role is not None and name in (kind, role.th) else Text(name, name)
