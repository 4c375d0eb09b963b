"""A group is told where its work stands in the queue of its committee: the order of claims, and nothing of who judges."""

from decimal import Decimal

import factories
import pytest
from factories import NOW
from sqlalchemy.orm import Session

from shared.events import SYSTEM
from shared.listing.changes import marks
from shared.programmes.models import Programme
from shared.reviews import operations, queries, rounds
from shared.reviews.position import QueuePosition, queue_position
from shared.reviews.queries import AssignmentDetail, load_round_by_id
from shared.stages import operations as stages
from shared.submissions.models import Submission

MARKS = {"plan": Decimal(7), "clip": Decimal("8.5")}


@pytest.fixture
def programme(session: Session) -> Programme:
    return factories.programme(session)


def opened(session: Session, programme: Programme) -> None:
    row = rounds.open_round(session, programme, "screening", by=SYSTEM, now=NOW)
    stages.fill_round(session, load_round_by_id(session, row.id), now=NOW)


def claim(session: Session, programme: Programme, member: object) -> AssignmentDetail:
    id_ = member.id  # type: ignore[attr-defined]
    context = queries.load_round(session, programme, "screening")
    claimed = operations.claim(session, context, "central", member=id_, by=SYSTEM, now=NOW)
    assert claimed is not None
    return queries.assignment(session, claimed.id, member=id_, lock=True)


def submit(session: Session, whole: AssignmentDetail) -> None:
    operations.save_ballot(session, whole, marks=MARKS, comment="ดี", submit=True, by=SYSTEM, now=NOW)


def places(session: Session, programme: Programme, submissions: list[Submission]) -> list[QueuePosition | None]:
    session.flush()
    return [queue_position(session, one, programme.definition) for one in submissions]


def test_there_is_no_place_before_the_round_opens(session: Session, programme: Programme) -> None:
    waiting = factories.submissions(session, programme, 2)
    assert places(session, programme, waiting) == [None, None]
    opened(session, programme)
    assert places(session, programme, waiting) == [QueuePosition("screening", 1, 2, False), QueuePosition("screening", 2, 2, False)]


def test_those_behind_move_up_when_one_is_taken(session: Session, programme: Programme) -> None:
    waiting = factories.submissions(session, programme, 3)
    one, _ = factories.members(session, programme, 2)
    opened(session, programme)
    submit(session, claim(session, programme, one))
    found = places(session, programme, waiting)
    assert found == [
        QueuePosition("screening", None, 3, False),
        QueuePosition("screening", 1, 3, False),
        QueuePosition("screening", 2, 3, False),
    ]


def test_what_every_member_has_judged_is_no_longer_counted(session: Session, programme: Programme) -> None:
    waiting = factories.submissions(session, programme, 2)
    members = factories.members(session, programme, 2)
    opened(session, programme)
    for member in members:
        submit(session, claim(session, programme, member))
        submit(session, claim(session, programme, member))
    assert places(session, programme, waiting) == [QueuePosition("screening", None, 0, True)] * 2


def test_member_with_a_conflict_is_not_waited_for(session: Session, programme: Programme) -> None:
    waiting = factories.submissions(session, programme, 1)
    one, two = factories.members(session, programme, 2)
    opened(session, programme)
    operations.declare_conflict(session, claim(session, programme, one), reason="ญาติ", by=SYSTEM, now=NOW)
    assert places(session, programme, waiting) == [QueuePosition("screening", 1, 1, False)]
    submit(session, claim(session, programme, two))
    assert places(session, programme, waiting) == [QueuePosition("screening", None, 0, True)]


def test_round_that_asks_for_one_ballot_counts_one(session: Session) -> None:
    document = factories.document()
    document["rounds"][0]["ballots"] = "1"
    programme = factories.programme(session, rounds=document["rounds"])
    waiting = factories.submissions(session, programme, 2)
    one, _ = factories.members(session, programme, 2)
    opened(session, programme)
    submit(session, claim(session, programme, one))
    assert places(session, programme, waiting) == [QueuePosition("screening", None, 1, True), QueuePosition("screening", 1, 1, False)]


def test_other_committees_and_work_that_is_out_do_not_count(session: Session, programme: Programme) -> None:
    first = factories.submissions(session, programme, 2)
    north = factories.submissions(session, programme, 1, province="ลำปาง", first=3)
    opened(session, programme)
    factories.lapsed(session, first[0])
    assert places(session, programme, first)[1] == QueuePosition("screening", 1, 1, False)
    assert places(session, programme, north) == [QueuePosition("screening", 1, 1, False)]


def test_mark_differs_once_a_member_has_taken_the_work(session: Session, programme: Programme) -> None:
    one, other = factories.submissions(session, programme, 2)
    (member,) = factories.members(session, programme, 1)
    before = marks(session, [one.id, other.id])
    opened(session, programme)
    entered = marks(session, [one.id, other.id])
    assert before[one.id] != entered[one.id]
    claim(session, programme, member)
    taken = marks(session, [one.id, other.id])
    assert (taken[one.id] != entered[one.id], taken[other.id] == entered[other.id]) == (True, True)
