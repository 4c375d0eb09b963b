"""A breach of what must always hold ends as a dead job with its words, where operators see it."""

import factories
import pytest
from factories.jobs import worked

from shared.awards.lifecycle import OutcomeKind
from shared.database import transaction
from shared.queue import kinds
from shared.queue.lifecycle import JobState

pytestmark = pytest.mark.usefixtures("clean")


def test_sound_data_end_the_check_well_and_a_breach_ends_it_dead() -> None:
    with transaction() as session:
        programme = factories.programme(session)
        _, other = factories.submissions(session, programme, 2)
    assert worked(kinds.CHECK_INVARIANTS).state == JobState.DONE
    with transaction() as session:
        factories.outcome(session, session.merge(other), session.merge(programme), OutcomeKind.AWARDED)
    checked = worked(kinds.CHECK_INVARIANTS)
    assert (checked.state, checked.attempts) == (JobState.DEAD, 1)
    assert checked.error is not None
    assert checked.error.startswith("InvariantsBroken")
    assert "LT63-0002" in checked.error
