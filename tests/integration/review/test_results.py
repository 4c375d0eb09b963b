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
from shared.awards.models import Decision, Outcome
from shared.awards.results import DecisionNotPublished
from shared.database import new_id
from shared.events import SYSTEM, Event, EventKind
from shared.payments.models import Payment
from shared.programmes.models import Programme
from shared.reviews import queries, rounds
from shared.reviews.models import Ballot, Entry
from shared.reviews.queries import load_round_by_id
from shared.stages import operations as stages
from shared.stages import placing
from shared.submissions.models import Submission

MARKS = (90, 80, 70, 60, 10)


@pytest.fixture
def decision(session: Session) -> Decision:
    """The signed decision of a round with two levels of two: five submissions, one of which gets nothing."""
    programme = factories.programme(session, rounds=factories.document()["rounds"][1:])
    factories.submissions(session, programme, len(MARKS))
    (member,) = factories.members(session, programme, 1)
    row = rounds.open_round(session, programme, "selection", by=SYSTEM, now=NOW)
    stages.fill_round(session, load_round_by_id(session, row.id), now=NOW)
    entries = session.scalars(select(Entry.id).join(Submission).order_by(Submission.reference))
    for entry, mark in zip(entries, MARKS, strict=True):
        session.add(Ballot(id=new_id(), entry_id=entry, account_id=member.id, marks={"quality": str(mark)}, saved_at=NOW, submitted_at=NOW))
    context = queries.load_round(session, programme, "selection")
    stages.close_round(session, context, by=SYSTEM, now=NOW)
    made = awards.decide(session, context, resolutions=(), by=SYSTEM, now=NOW)
    awards.sign(session, made, seen=made.digest, by=SYSTEM, now=NOW)
    return made


def test_signed_decision_has_no_effect_before_it_is_published(session: Session, decision: Decision) -> None:
    with pytest.raises(DecisionNotPublished):
        results.apply_decision(session, decision, now=NOW)


def test_statuses_come_from_places_and_money_from_grants_each_once(session: Session, decision: Decision) -> None:
    awards.publish(session, decision, by=SYSTEM, now=NOW)
    results.apply_decision(session, decision, now=NOW)
    said = select(Outcome.kind, Outcome.level).join(Submission, Submission.id == Outcome.submission_id)
    assert session.execute(said.order_by(Submission.reference)).all() == [
        ("awarded", "outstanding"),
        ("awarded", "outstanding"),
        ("awarded", "good"),
        ("awarded", "good"),
        ("not_awarded", None),
    ]
    assert session.scalars(select(Payment.id)).all() == []
    programme = session.get_one(Programme, decision.programme_id)
    for hours in (0, 1):
        results.apply_decision(session, decision, now=NOW + timedelta(hours=hours))
        placing.place(session, programme, [place.submission for place in decision.places], now=NOW + timedelta(hours=hours))
    paid = session.execute(
        select(Submission.reference, Payment.stage, Payment.amount, Payment.made_at)
        .join(Payment, Payment.submission_id == Submission.id)
        .order_by(Submission.reference)
    ).all()
    assert paid == [
        ("LT63-0001", "support", Decimal(90000), NOW),
        ("LT63-0002", "support", Decimal(90000), NOW),
        ("LT63-0003", "support", Decimal(50000), NOW),
        ("LT63-0004", "support", Decimal(50000), NOW),
    ]
    events = session.scalars(select(Event).where(Event.kind == EventKind.PAYMENT_DUE)).all()
    assert sorted(event.data["amount"] for event in events) == ["50000.00", "50000.00", "90000.00", "90000.00"]
