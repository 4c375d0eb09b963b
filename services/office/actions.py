"""What officers do from pages and programs alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from shared.events import Actor
from shared.programmes.models import Programme
from shared.stages import operations
from shared.submissions.models import Submission
from shared.submissions.queries import not_invited

INVITED_AT_ONCE = 500
"""Invitations of one request; the answer says how many remain."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was invited by one request, and how many groups it left for the next."""

    submissions: Sequence[Submission]
    remaining: int


def invite(session: Session, programme: Programme, *, by: Actor, now: datetime) -> Invited:
    """Invite the target groups that were not yet: each gets its submission and its link; the messages follow by themselves."""
    groups = not_invited(session, programme.id)
    invited = [operations.invite(session, programme=programme, group=group, by=by, now=now) for group in groups[:INVITED_AT_ONCE]]
    return Invited(invited, len(groups) - len(invited))
