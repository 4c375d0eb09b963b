"""Claims that nobody renewed go back into their queues."""

from datetime import timedelta

import factories
import pytest
from factories.jobs import worked
from sqlalchemy import select

from shared import clock
from shared.database import transaction
from shared.events import SYSTEM, Event, EventKind
from shared.queue import kinds
from shared.queue.lifecycle import JobState
from shared.reviews import operations, queries, rounds
from shared.reviews.lifecycle import AssignmentStatus
from shared.reviews.models import Assignment, Entry
from shared.reviews.queries import load_round_by_id
from shared.stages import operations as stages

pytestmark = pytest.mark.usefixtures("clean")


def test_lapsed_claim_is_free_for_others_and_a_living_one_stays() -> None:
    now = clock.now()
    with transaction() as session:
        programme = factories.programme(session)
        factories.submissions(session, programme, 2)
        one, two = factories.members(session, programme, 2)
        row = rounds.open_round(session, programme, "screening", by=SYSTEM, now=now)
        stages.fill_round(session, load_round_by_id(session, row.id), now=now)
        context = queries.load_round(session, programme, "screening")
        lapsed = operations.claim(session, context, "central", member=one.id, by=SYSTEM, now=now - timedelta(days=1))
        living = operations.claim(session, context, "central", member=two.id, by=SYSTEM, now=now)
        assert lapsed is not None
        assert living is not None
    assert worked(kinds.EXPIRE_ASSIGNMENTS).state == JobState.DONE
    with transaction() as session:
        assert session.get_one(Assignment, lapsed.id).status == AssignmentStatus.EXPIRED
        assert session.get_one(Assignment, living.id).status == AssignmentStatus.CLAIMED
        filled = {entry.id: entry.filled for entry in session.scalars(select(Entry))}
        assert (filled[lapsed.entry_id], filled[living.entry_id]) == (0, 1)
        (told,) = session.scalars(select(Event).where(Event.kind == EventKind.ASSIGNMENT_EXPIRED)).all()
        assert (told.subject_id, told.actor_name) == (lapsed.id, "system")
