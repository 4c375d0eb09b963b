"""Opening, routing, closing and reopening rounds."""

from datetime import timedelta
from decimal import Decimal

import factories
import pytest
from factories import NOW
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.awards import operations as awards
from shared.awards import results
from shared.awards.lifecycle import DecisionStatus
from shared.awards.models import Decision
from shared.awards.operations import DecisionStands, ReopeningNeedsReason
from shared.events import SYSTEM
from shared.listing.standing import standing
from shared.people.models import Account
from shared.programmes.models import Programme
from shared.programmes.operations import RoundFrozen
from shared.reviews import operations, queries, rounds
from shared.reviews.models import Ballot, Entry
from shared.reviews.queries import RoundContext, RoundUnknown, load_round_by_id
from shared.reviews.rounds import BallotsMissing, RoundEmpty, RoundEnded, SubmissionsBeingChecked
from shared.stages import operations as stages
from shared.stages import placing
from shared.submissions.filings import settling
from shared.submissions.filings.context import newest_version
from shared.submissions.filings.context import of_stage as context_of_stage
from shared.submissions.models import Submission
from shared.submissions.sheet import Standing


@pytest.fixture
def programme(session: Session) -> Programme:
    return factories.programme(session)


def opened(session: Session, programme: Programme, key: str = "screening") -> RoundContext:
    row = rounds.open_round(session, programme, key, by=SYSTEM, now=NOW)
    stages.fill_round(session, load_round_by_id(session, row.id), now=NOW)
    return queries.load_round(session, programme, key)


def judge_all(session: Session, context: RoundContext, members: list[Account], committee: str = "central") -> None:
    for member in members:
        while claimed := operations.claim(session, context, committee, member=member.id, by=SYSTEM, now=NOW):
            whole = queries.assignment(session, claimed.id, member=member.id, lock=True)
            marks = {criterion.key: Decimal(criterion.max) for criterion in context.rules.criteria}
            operations.save_ballot(session, whole, marks=marks, comment="", submit=True, by=SYSTEM, now=NOW)


def close(session: Session, context: RoundContext) -> None:
    stages.close_round(session, context, by=SYSTEM, now=NOW)


def entries(session: Session) -> list[tuple[str, str]]:
    query = select(Submission.reference, Entry.committee).join(Entry, Entry.submission_id == Submission.id).order_by(Submission.reference)
    return [(reference, committee) for reference, committee in session.execute(query)]


def test_opening_twice_is_opening_once(session: Session, programme: Programme) -> None:
    assert opened(session, programme).row is opened(session, programme).row


def test_unknown_round_is_refused(session: Session, programme: Programme) -> None:
    with pytest.raises(RoundUnknown):
        opened(session, programme, "finale")


def test_round_waits_for_nothing_and_takes_in_whom_it_is_for(session: Session, programme: Programme) -> None:
    factories.submissions(session, programme, 1)
    factories.submissions(session, programme, 1, status=Standing.SHORTLISTED, first=2)
    opened(session, programme, "selection")
    assert entries(session) == [("LT63-0002", "central")]


def test_opened_round_fixes_its_rules_but_not_the_rest(session: Session, programme: Programme) -> None:
    opened(session, programme)
    document = factories.document()
    document["rounds"][0]["keep"] = "3"
    with pytest.raises(RoundFrozen):
        factories.programme(session, rounds=document["rounds"])
    with pytest.raises(RoundFrozen):
        factories.programme(session, committees=document["committees"][:1], routing=document["routing"][1:])
    document = factories.document()
    document["rounds"][1]["levels"][0]["amount"] = "95000"
    assert factories.programme(session, rounds=document["rounds"], reminder_days=["3"]).version == 2


def test_accepted_submissions_are_routed_by_province_and_late_ones_follow(session: Session, programme: Programme) -> None:
    factories.submissions(session, programme, 1)
    factories.submissions(session, programme, 1, province="ลำปาง", first=2)
    factories.submissions(session, programme, 1, status=Standing.OPEN, first=3)
    opened(session, programme)
    assert entries(session) == [("LT63-0001", "central"), ("LT63-0002", "north")]
    (late,) = factories.submissions(session, programme, 1, first=4)
    for _ in range(2):
        placing.place(session, programme, [late.id], now=NOW)
    assert entries(session)[-1] == ("LT63-0004", "central")


def test_submission_accepted_before_any_round_waits_for_it(session: Session, programme: Programme) -> None:
    (early,) = factories.submissions(session, programme, 1)
    placing.place(session, programme, [early.id], now=NOW)
    assert entries(session) == []
    opened(session, programme)
    assert entries(session) == [("LT63-0001", "central")]


def test_closing_names_whose_ballots_are_missing(session: Session, programme: Programme) -> None:
    factories.submissions(session, programme, 2)
    one, two = factories.members(session, programme, 2)
    context = opened(session, programme)
    judge_all(session, context, [one])
    with pytest.raises(BallotsMissing) as caught:
        close(session, context)
    assert caught.value.facts["members"] == [{"name": two.name, "submissions": ["LT63-0001", "LT63-0002"]}]
    assert two.name in caught.value.detail("th")
    judge_all(session, context, [two])
    for _ in range(2):
        close(session, context)
    assert context.row.status == "closed"
    with pytest.raises(RoundEnded):
        opened(session, programme)


def test_closing_waits_for_what_is_being_checked_and_takes_in_what_was_not_routed_yet(session: Session, programme: Programme) -> None:
    (member,) = factories.members(session, programme, 1)
    context = opened(session, programme)
    with pytest.raises(RoundEmpty):
        close(session, context)
    (checking,) = factories.submissions(session, programme, 1, status=Standing.SUBMITTED)
    with pytest.raises(SubmissionsBeingChecked, match="LT63-0001"):
        close(session, context)
    of = context_of_stage(session, checking.id, "hand_in", lock=True)
    version = newest_version(session, of.filing.id)
    assert version is not None
    settling.accept(session, of, version, by=SYSTEM, now=NOW)
    with pytest.raises(BallotsMissing, match=member.name):
        close(session, context)


def test_submission_nobody_can_judge_keeps_the_round_open(session: Session, programme: Programme) -> None:
    factories.submissions(session, programme, 1, province="ลำปาง")
    with pytest.raises(BallotsMissing) as caught:
        close(session, opened(session, programme))
    assert caught.value.facts["missing"] == [{"submission": "LT63-0001", "needed": 1, "submitted": 0, "members": []}]


def decided(session: Session, programme: Programme) -> tuple[RoundContext, Decision]:
    factories.submissions(session, programme, 3)
    context = opened(session, programme)
    judge_all(session, context, factories.members(session, programme, 2))
    close(session, context)
    return context, awards.decide(session, context, resolutions=(), by=SYSTEM, now=NOW)


def test_reopened_round_supersedes_its_decision_until_published(session: Session, programme: Programme) -> None:
    context, decision = decided(session, programme)
    awards.sign(session, decision, seen=None, by=SYSTEM, now=NOW)
    with pytest.raises(ReopeningNeedsReason):
        awards.reopen_round(session, context, reason=" ", by=SYSTEM, now=NOW)
    awards.reopen_round(session, context, reason="กรรมการขอทบทวน", by=SYSTEM, now=NOW)
    session.refresh(decision)
    assert (context.row.status, decision.status) == ("open", DecisionStatus.SUPERSEDED)
    close(session, context)
    again = awards.decide(session, context, resolutions=(), by=SYSTEM, now=NOW)
    assert again is not decision


def test_signed_decision_is_not_made_again_differently(session: Session, programme: Programme) -> None:
    context, decision = decided(session, programme)
    awards.sign(session, decision, seen=None, by=SYSTEM, now=NOW)
    ballot = session.scalars(select(Ballot).order_by(Ballot.id)).first()
    assert ballot is not None
    ballot.marks = dict.fromkeys(ballot.marks, "1")
    session.flush()
    with pytest.raises(DecisionStands):
        awards.decide(session, context, resolutions=(), by=SYSTEM, now=NOW)


def test_published_decision_takes_effect_once(session: Session, programme: Programme) -> None:
    context, decision = decided(session, programme)
    awards.sign(session, decision, seen=None, by=SYSTEM, now=NOW)
    awards.publish(session, decision, by=SYSTEM, now=NOW)
    for hours in (1, 2):
        results.apply_decision(session, decision, now=NOW + timedelta(hours=hours))
    assert decision.applied_at == NOW + timedelta(hours=1)
    assert context.row.status == "decided"
    assert set(session.scalars(select(standing()).select_from(Submission))) == {Standing.SHORTLISTED}
    assert opened(session, programme, "selection").row.ordinal == 1
