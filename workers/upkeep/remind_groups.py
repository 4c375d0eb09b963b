"""Remind groups that have not handed in, so many days before the deadline as their programme says."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import clock
from shared.programmes.models import Programme
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.submissions import queries
from shared.submissions.operations import remind
from workers.base import Record, task


@task(kinds.REMIND_GROUPS)
def remind_groups(_: Work) -> Record:
    """Remind in every programme whose deadline is one of its reminder days away."""

    def remind_all(session: Session) -> None:
        now = clock.now()
        for programme in session.scalars(select(Programme)):
            definition = programme.definition
            days = (definition.deadline_at - now).days
            if days not in definition.reminder_days:
                continue
            for submission in queries.not_handed_in(session, programme.id):
                remind(session, submission, days=days, now=now)

    return remind_all
