"""Each standing invariant finds the breach it is for, and nothing in a sound story."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import factories
import pytest
from factories import NOW
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from shared import invariants
from shared.awards import operations as awards
from shared.awards import results
from shared.awards.models import Decision, Outcome
from shared.events import SYSTEM
from shared.invariants import INVARIANTS
from shared.listing.standing import standing
from shared.payments.models import Payment
from shared.people.models import Account, ContactPoint
from shared.programmes.models import Group
from shared.reviews import operations, queries, rounds
from shared.reviews.models import Ballot, Entry
from shared.reviews.queries import load_round_by_id
from shared.stages import operations as stages
from shared.stages import placing
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Submission
from shared.submissions.sheet import Standing


def judged(session: Session, key: str, members: list[Account]) -> None:
    """Play one round of the little programme from its opening to its effect."""
    programme = factories.programme(session)
    row = rounds.open_round(session, programme, key, by=SYSTEM, now=NOW)
    stages.fill_round(session, load_round_by_id(session, row.id), now=NOW)
    context = queries.load_round(session, programme, key)
    for member in members:
        while claimed := operations.claim(session, context, "central", member=member.id, by=SYSTEM, now=NOW):
            whole = queries.assignment(session, claimed.id, member=member.id, lock=True)
            less = int(whole.submission.reference[-1])
            marks = {criterion.key: Decimal(criterion.max) - less for criterion in context.rules.criteria}
            operations.save_ballot(session, whole, marks=marks, comment="", submit=True, by=SYSTEM, now=NOW)
    stages.close_round(session, context, by=SYSTEM, now=NOW)
    decision = awards.decide(session, context, resolutions=(), by=SYSTEM, now=NOW)
    awards.sign(session, decision, seen=None, by=SYSTEM, now=NOW)
    awards.publish(session, decision, by=SYSTEM, now=NOW)
    results.apply_decision(session, decision, now=NOW)
    placing.place(session, programme, [place.submission for place in decision.places], now=NOW)


@pytest.fixture
def story(session: Session) -> Session:
    programme = factories.programme(session)
    factories.submissions(session, programme, 4)
    members = factories.members(session, programme, 2)
    for key in ("screening", "selection"):
        judged(session, key, members)
    return session


def failed_file(session: Session) -> None:
    submission = session.query(Submission).first()
    assert submission is not None
    factories.upload(session, submission.id, status=UploadStatus.FAILED, received_at=NOW - timedelta(hours=1))


def conflicted_ballot(session: Session) -> None:
    ballot = session.query(Ballot).first()
    assert ballot is not None
    entry = session.get_one(Entry, ballot.entry_id)
    factories.conflict(session, entry.submission_id, ballot.account_id)


BREACHES: dict[str, list[Callable[[Session], object]]] = {
    "accepted_files_passed": [failed_file],
    "awards_are_decided": [
        lambda session: session.execute(update(Outcome).values(level="good")),
        lambda session: session.execute(update(Decision).values(status="signed")),
    ],
    "ballots_are_complete": [conflicted_ballot, lambda session: session.execute(update(Ballot).values(marks={}))],
    "email_addresses_are_contact_points": [
        lambda session: session.execute(update(Account).values(email="moved@example.org").where(Account.name == "central1")),
        lambda session: session.execute(update(Group).values(email=None)),
        lambda session: session.execute(delete(ContactPoint)),
    ],
    "entries_count_active_claims": [lambda session: session.execute(update(Entry).values(filled=Entry.filled + 1))],
    "outcomes_equal_decisions": [
        lambda session: session.execute(update(Outcome).values(amount=Outcome.amount + Decimal("0.01"))),
        lambda session: session.execute(delete(Payment)) and session.execute(delete(Outcome)),
    ],
    "payments_within_awards": [lambda session: session.execute(update(Payment).values(amount=Payment.amount + Decimal("0.01")))],
    "signed_decisions_unchanged": [
        lambda session: session.execute(update(Decision).values(ties_json=[{"reason": "x"}])),
        lambda session: session.execute(update(Decision).values(rule_name="median")),
        lambda session: session.execute(update(Decision).values(rule_version=2)),
        lambda session: session.execute(update(Decision).values(seal_format=1)),
    ],
}


def test_every_invariant_is_listed_and_tested() -> None:
    folder = Path(invariants.__file__).parent
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == set(INVARIANTS) == set(BREACHES)


def test_sound_story_breaks_nothing(story: Session) -> None:
    assert set(story.scalars(select(standing()).select_from(Submission))) == {Standing.AWARDED}
    assert {name: broken(story) for name, broken in INVARIANTS.items()} == {name: [] for name in INVARIANTS}


@pytest.mark.parametrize(("name", "breach"), [(name, breach) for name, breaches in BREACHES.items() for breach in breaches])
def test_breach_is_found_by_its_invariant(story: Session, name: str, breach: Callable[[Session], object]) -> None:
    breach(story)
    story.flush()
    story.expire_all()
    assert INVARIANTS[name](story)
