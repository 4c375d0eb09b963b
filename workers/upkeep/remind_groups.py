"""Remind those who have not submitted, so many days before each deadline as their stage says."""

from sqlalchemy.orm import Session

from shared import clock
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.submissions import reminding
from workers.base import Record, task


@task(kinds.REMIND_GROUPS)
def remind_groups(_: Work) -> Record:
    """Remind of every filing whose deadline is one of its stage's reminder days away."""

    def remind_all(session: Session) -> None:
        now = clock.now()
        for filings in reminding.due(session, now=now):
            reminding.remind(session, filings, now=now)

    return remind_all
