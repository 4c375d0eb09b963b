"""A group's first look and its first file may come at the same moment: the page's browser fetches while a script already sends."""

import factories
import pytest
from factories import NOW

from shared.database import transaction
from shared.events import SYSTEM, EventKind
from shared.submissions import operations, queries
from shared.submissions.models import Submission
from shared.submissions.sheet import Standing


@pytest.mark.usefixtures("stack", "clean")
def test_whoever_comes_second_finds_it_open() -> None:
    with transaction() as session:
        (invited,) = factories.submissions(session, factories.programme(session), 1, status=Standing.INVITED)
    with transaction() as second:
        seen = second.get_one(Submission, invited.id)
        with transaction() as first:
            operations.open_(first, first.get_one(Submission, invited.id), by=SYSTEM, now=NOW)
        before = seen.opened_at
        operations.open_(second, seen, by=SYSTEM, now=NOW)
        assert (before, seen.opened_at) == (None, NOW)
        opened = [event.kind for event in queries.history(second, invited.id)].count(EventKind.SUBMISSION_OPENED)
    assert opened == 1
