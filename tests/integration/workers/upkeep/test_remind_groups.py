"""Groups that have not handed in are reminded, once for each day their programme names."""

from datetime import timedelta

import factories
import pytest
from factories.jobs import worked
from factories.query_count import QueryCount
from sqlalchemy import select

from shared import clock
from shared.database import transaction
from shared.events import Event, EventKind
from shared.programmes.models import Programme
from shared.queue import kinds
from shared.queue.lifecycle import JobState
from shared.queue.models import Job
from shared.submissions import reminding
from shared.submissions.models import Submission
from shared.submissions.sheet import Standing

pytestmark = pytest.mark.usefixtures("clean")


def due_in(left: timedelta, slug: str = "little", first: int = 1) -> None:
    """Load a programme that ends after so long, with a group in each early state."""
    by = (clock.now() + left).isoformat()
    milestones = [{"key": "hand_in", "label": {"th": "ส่ง", "en": "Hand in"}, "by": by}]
    with transaction() as session:
        programme = factories.programme(
            session, slug=slug, reference_prefix=slug.upper(), milestones=milestones, reminder_days=["7", "3", "1"]
        )
        for number, status in enumerate(
            (Standing.INVITED, Standing.OPEN, Standing.RETURNED, Standing.ACCEPTED, Standing.NOT_AWARDED), start=first
        ):
            factories.submissions(session, programme, 1, status=status, first=number)


def reminded() -> list[tuple[str, int]]:
    with transaction() as session:
        rows = session.execute(
            select(Submission.reference, Event.data)
            .join(Submission, Submission.id == Event.submission_id)
            .where(Event.kind == EventKind.SUBMISSION_REMINDED)
            .order_by(Submission.reference)
        ).all()
    return [(reference, data["days"]) for reference, data in rows]


def test_groups_that_have_not_handed_in_are_reminded_once_a_day_count() -> None:
    due_in(timedelta(days=3, hours=5))
    assert worked(kinds.REMIND_GROUPS).state == JobState.DONE
    worked(kinds.REMIND_GROUPS)
    assert reminded() == [("LITTLE-0001", 3), ("LITTLE-0002", 3), ("LITTLE-0003", 3)]
    with transaction() as session:
        messages = session.scalars(select(Job.data).where(Job.kind == kinds.NOTIFY.name)).all()
    assert messages == [{"message": "reminder"}] * 3


@pytest.mark.parametrize("left", [timedelta(days=2, hours=23), timedelta(days=4, hours=1), timedelta(hours=-20), timedelta(days=-3)])
def test_nobody_is_reminded_on_another_day_or_after_the_deadline(left: timedelta) -> None:
    due_in(left)
    worked(kinds.REMIND_GROUPS)
    assert reminded() == []


def test_what_is_not_due_today_is_not_loaded(query_count: QueryCount) -> None:
    def look() -> None:
        with transaction() as session:
            assert list(reminding.due(session, now=clock.now())) == []

    due_in(timedelta(days=4, hours=5))
    assert query_count(look) == 3  # where anybody waits, the document, those whose day it is
    with transaction() as session:
        factories.submissions(session, session.scalars(select(Programme)).one(), 3, status=Standing.INVITED, first=11)
    assert query_count(look) == 3


def test_each_programme_has_its_own_days() -> None:
    due_in(timedelta(days=7, hours=1), "early")
    due_in(timedelta(days=1, hours=1), "late", first=11)
    worked(kinds.REMIND_GROUPS)
    assert reminded() == [
        ("EARLY-0001", 7), ("EARLY-0002", 7), ("EARLY-0003", 7), ("LATE-0011", 1), ("LATE-0012", 1), ("LATE-0013", 1),
    ]  # fmt: skip
