"""What a published decision does: submissions get their levels, the awarded ones their grants, each once."""

from datetime import timedelta
from decimal import Decimal

import factories
import pytest
from factories import NOW
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.awards import operations as awards
from shared.awards import results
from shared.awards.models import Decision
from shared.awards.results import DecisionNotPublished
from shared.database import new_id
from shared.events import SYSTEM, Event, EventKind
from shared.grants import operations as grants
from shared.grants.models import Grant
from shared.reviews import queries, rounds
from shared.reviews.models import Ballot, Entry
from shared.submissions.models import Submission

MARKS = (90, 80, 70, 60, 10)


@pytest.fixture
def decision(session: Session) -> Decision:
    """The signed decision of a round with two levels of two: five submissions, one of which gets nothing."""
    programme = factories.programme(session, rounds=factories.document()["rounds"][1:])
    factories.submissions(session, programme, len(MARKS))
    (member,) = factories.members(session, programme, 1)
    row = rounds.open_round(session, programme, "selection", by=SYSTEM, now=NOW)
    rounds.route_round(session, row.id, now=NOW)
    entries = session.scalars(select(Entry.id).join(Submission).order_by(Submission.reference))
    for entry, mark in zip(entries, MARKS, strict=True):
        session.add(Ballot(id=new_id(), entry_id=entry, account_id=member.id, marks={"quality": str(mark)}, saved_at=NOW, submitted_at=NOW))
    context = queries.load_round(session, programme, "selection")
    rounds.close_round(session, context, by=SYSTEM, now=NOW)
    made = awards.decide(session, context, resolutions=(), by=SYSTEM, now=NOW)
    awards.sign(session, made, seen=made.digest, by=SYSTEM, now=NOW)
    return made


def test_signed_decision_has_no_effect_before_it_is_published(session: Session, decision: Decision) -> None:
    with pytest.raises(DecisionNotPublished):
        results.apply_decision(session, decision, now=NOW)


def test_statuses_come_from_places_and_money_from_grants_each_once(session: Session, decision: Decision) -> None:
    awards.publish(session, decision, by=SYSTEM, now=NOW)
    results.apply_decision(session, decision, now=NOW)
    assert session.execute(select(Submission.status, Submission.level).order_by(Submission.reference)).all() == [
        ("awarded", "outstanding"),
        ("awarded", "outstanding"),
        ("awarded", "good"),
        ("awarded", "good"),
        ("not_awarded", None),
    ]
    assert session.scalars(select(Grant.id)).all() == []
    for hours in (0, 1):
        results.apply_decision(session, decision, now=NOW + timedelta(hours=hours))
        grants.make_grants(session, decision, now=NOW + timedelta(hours=hours))
    given = session.execute(
        select(Submission.reference, Grant.level, Grant.amount, Grant.made_at)
        .join(Grant, Grant.submission_id == Submission.id)
        .order_by(Submission.reference)
    ).all()
    assert given == [
        ("LT63-0001", "outstanding", Decimal(90000), NOW),
        ("LT63-0002", "outstanding", Decimal(90000), NOW),
        ("LT63-0003", "good", Decimal(50000), NOW),
        ("LT63-0004", "good", Decimal(50000), NOW),
    ]
    events = session.scalars(select(Event).where(Event.kind == EventKind.GRANT_MADE).order_by(Event.id)).all()
    assert [event.data["amount"] for event in events] == ["90000.00", "90000.00", "50000.00", "50000.00"]
