"""A breach of what must always hold ends as a dead job with its words, where operators see it."""

import factories
import pytest
from factories.jobs import worked
from sqlalchemy import update

from shared.database import transaction
from shared.queue import kinds
from shared.queue.lifecycle import JobState
from shared.submissions.models import Submission

pytestmark = pytest.mark.usefixtures("clean")


def test_sound_data_end_the_check_well_and_a_breach_ends_it_dead() -> None:
    with transaction() as session:
        factories.submissions(session, factories.programme(session), 2)
    assert worked(kinds.CHECK_INVARIANTS).state == JobState.DONE
    with transaction() as session:
        session.execute(update(Submission).where(Submission.reference == "LT63-0002").values(status="awarded", level="outstanding"))
    checked = worked(kinds.CHECK_INVARIANTS)
    assert (checked.state, checked.attempts) == (JobState.DEAD, 1)
    assert checked.error is not None
    assert checked.error.startswith("InvariantsBroken")
    assert "LT63-0002" in checked.error
