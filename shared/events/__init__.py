"""The append-only log: history, audit and outbox in one table."""

from shared.events.actor import SYSTEM, Actor, ActorKind
from shared.events.kinds import EventKind
from shared.events.log import Occurrence, append, append_all
from shared.events.models import Event

__all__ = ["SYSTEM", "Actor", "ActorKind", "Event", "EventKind", "Occurrence", "append", "append_all"]
