"""A decision names the rule that made it, and is verified in the format in which it was made."""

import hashlib
import json

import factories
import pytest
from factories import NOW
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.awards import operations as awards
from shared.awards.models import Decision
from shared.awards.operations import DecisionChanged
from shared.awards.snapshot import RuleUsed
from shared.database import new_id
from shared.events import SYSTEM
from shared.invariants import signed_decisions_unchanged
from shared.programmes.reading import ProgrammeInvalid
from shared.reviews import queries, rounds
from shared.reviews.models import Ballot, Entry
from shared.reviews.queries import RoundContext, load_round_by_id
from shared.stages import operations as stages
from shared.submissions.models import Submission

MARKS = ((10, 10, 4), (9, 9, 9), (8, 8, 8))
"""Of three members, by submission: by the mean the second is the best, by the median the first."""


def closed(session: Session, award_rule: str | None = None) -> RoundContext:
    """A closed screening with three ballots for each of three submissions, in a programme that names a rule or none."""
    screening, selection = factories.document()["rounds"]
    named = {"award_rule": award_rule} if award_rule else {}
    programme = factories.programme(session, rounds=[screening | named, selection])
    factories.submissions(session, programme, len(MARKS))
    members = factories.members(session, programme, 3)
    row = rounds.open_round(session, programme, "screening", by=SYSTEM, now=NOW)
    stages.fill_round(session, load_round_by_id(session, row.id), now=NOW)
    entries = session.scalars(select(Entry.id).join(Submission).order_by(Submission.reference)).all()
    for entry, marks in zip(entries, MARKS, strict=True):
        for member, mark in zip(members, marks, strict=True):
            given = {"plan": str(mark), "clip": str(mark)}
            session.add(Ballot(id=new_id(), entry_id=entry, account_id=member.id, marks=given, saved_at=NOW, submitted_at=NOW))
    context = queries.load_round(session, programme, "screening")
    stages.close_round(session, context, by=SYSTEM, now=NOW)
    return context


def decide(session: Session, context: RoundContext) -> Decision:
    return awards.decide(session, context, resolutions=(), by=SYSTEM, now=NOW)


def made_by_the_release_before(session: Session, context: RoundContext) -> Decision:
    """A decision as it was written before rules had names: without rule and format, its digest that of four members."""
    decision = decide(session, context)
    document = {"programme": "little", "round": "screening", "places": decision.places_json, "ties": decision.ties_json}
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    decision.rule_name, decision.rule_version, decision.seal_format = None, None, 1
    decision.digest = hashlib.sha256(canonical.encode()).hexdigest()
    session.flush()
    return decision


@pytest.mark.parametrize(
    ("award_rule", "used", "order"),
    [
        (None, "mean", ["LT63-0002", "LT63-0001", "LT63-0003"]),
        ("median", "median", ["LT63-0001", "LT63-0002", "LT63-0003"]),
        ("trimmed_mean", "trimmed_mean", ["LT63-0001", "LT63-0002", "LT63-0003"]),
    ],
)
def test_round_is_ranked_by_its_rule_and_the_decision_names_it(
    session: Session, award_rule: str | None, used: str, order: list[str]
) -> None:
    decision = decide(session, closed(session, award_rule))
    assert [place.reference for place in decision.places] == order
    assert (decision.seal_format, decision.rule) == (2, RuleUsed(name=used, version=1))
    assert signed_decisions_unchanged.broken(session) == []


def test_programme_with_a_rule_that_does_not_exist_is_refused(session: Session) -> None:
    with pytest.raises(ProgrammeInvalid) as caught:
        closed(session, "meen")
    (error,) = caught.value.facts["errors"]
    assert (error["path"], "trimmed_mean" in error["en"]) == ("rounds[0].award_rule", True)


def test_decision_of_the_first_format_is_verified_by_it_and_can_be_signed(session: Session) -> None:
    context = closed(session)
    decision = made_by_the_release_before(session, context)
    assert signed_decisions_unchanged.broken(session) == []
    assert decision.rule == RuleUsed(name="mean", version=1)
    assert decide(session, context) is decision
    awards.sign(session, decision, seen=decision.digest, by=SYSTEM, now=NOW)
    assert decision.status == "signed"


@pytest.mark.parametrize("seal_format", [1, 2])
def test_place_that_was_changed_breaks_the_seal_of_either_format(session: Session, seal_format: int) -> None:
    context = closed(session)
    decision = made_by_the_release_before(session, context) if seal_format == 1 else decide(session, context)
    first, *others = decision.places_json
    decision.places_json = [first | {"score": "99.0000"}, *others]
    session.flush()
    assert signed_decisions_unchanged.broken(session) == [str(decision.id)]
    with pytest.raises(DecisionChanged):
        awards.sign(session, decision, seen=None, by=SYSTEM, now=NOW)


def test_reading_a_programme_again_after_a_release_added_fields_changes_nothing(session: Session) -> None:
    programme = factories.programme(session)
    older = {
        **programme.document,
        "stages": [{key: part[key] for key in part if key != "award_rule"} for part in programme.document["stages"]],
    }
    programme.document = older
    session.flush()
    assert (factories.programme(session).version, programme.document) == (1, older)
