"""Fifty documents made at random are played to their end: nobody is left without a next step or an outcome, and the invariants hold."""

import random
from typing import Any

import pytest
from factories import NOW
from factories import stages as play
from factories.playing import Play
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.awards.models import Outcome
from shared.invariants import INVARIANTS
from shared.payments.lifecycle import PaymentStatus
from shared.programmes.consistency import problems
from shared.programmes.models import Programme
from shared.reviews import queries
from shared.reviews.models import RoundRow
from shared.stages import placing
from shared.stages.conditions import belongs
from shared.stages.knowledge import read
from shared.submissions.lifecycle import FilingStatus

PROVINCES = ("ฉะเชิงเทรา", "ลำปาง")
COMMITTEES = ("central", "north")


def document(seed: int) -> dict[str, Any]:
    """A document that can be saved: of those made at random some contradict themselves, and are refused."""
    for attempt in range(100):
        made = attempted(random.Random(1000 * seed + attempt))  # noqa: S311  # a test that can be repeated
        if not problems(made):
            return made
    raise AssertionError("no document of this seed can be saved")


def attempted(chance: random.Random) -> dict[str, Any]:
    """A document of some stages in some order; conditions name stages that come before."""
    stages: list[dict[str, Any]] = [play.collect("c0", chance.choice((play.PLAN, play.NOTE)))]
    judged: list[tuple[str, list[str]]] = []
    asked: list[str] = ["c0"]
    for number in range(chance.randint(1, 6)):
        condition: dict[str, Any] = {}
        if judged and chance.random() < 0.7:
            key, won = chance.choice(judged)
            condition = {"for": {key: won if chance.random() < 0.8 else ["rejected"]}}
        elif chance.random() < 0.3:
            condition = {"for": {chance.choice(asked): "accepted"}}
        kind = chance.choice(("collect", "judge", "judge", "support"))
        paying = [key for key, won in judged if won == ["gold", "silver"]]
        if kind == "support" and paying:
            stages.append(play.support(f"s{number}", share=chance.choice((10, 15)), of=paying[-1], **condition))
        elif kind == "judge":
            apart = chance.choice((None, None, "province", "committee"))
            if chance.random() < 0.5:
                won = ["gold", "silver"]
                mode: dict[str, Any] = {"levels": [play.level("gold", chance.randint(1, 2), 1000), play.level("silver", 1, 333)]}
            else:
                won = ["shortlisted"]
                mode = chance.choice(({"keep": chance.randint(1, 3)}, {"pass_score": 40}, {"keep": 2, "pass_score": 20}))
            stages.append(play.judge(f"j{number}", within=apart, ballots=chance.choice(("all", 1)), **mode, **condition))
            judged.append((f"j{number}", won))
        else:
            office = chance.choice((["applicant"], ["province"], ["district", "province"], ["department"]))
            repeat = {"repeat": {"times": 2, "every": {"months": 1}}} if chance.random() < 0.2 else {}
            accepted_by = chance.choice(("checks", "officer"))
            form = chance.choice((play.PLAN, play.NOTE))
            stages.append(play.collect(f"c{number + 1}", form, filed_by=office, accepted_by=accepted_by, **repeat, **condition))
            asked.append(f"c{number + 1}" + ("_1" if repeat else ""))
    routing = chance.choice(
        ([{"committee": "central"}], [{"committee": "north", "provinces": ["ลำปาง"]}, {"committee": "central"}]),
    )
    if chance.random() < 0.3:
        stages = [stages[0], *chance.sample(stages[1:], len(stages) - 1)]  # dates and order need not follow one another
    return {"stages": stages, "routing": routing, "committees": [{"key": key, "label": {"en": key}} for key in COMMITTEES]}


@pytest.mark.parametrize("seed", range(50))
def test_generated_document_is_played_to_its_end(session: Session, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # a test that can be repeated
    made = document(seed)
    of = play.programme(session, *made.pop("stages"), **made)
    played = Play(session, of, [PROVINCES[number % 2] for number in range(5)], passes=lambda: chance.random() < 0.8)
    played.to_the_end()
    placing.place(session, of, [group.id for group in played.groups], now=NOW)
    rows = read(session, of, [group.id for group in played.groups])
    decided = {key for key, row in queries.rounds(session, of.id).items() if row.status == "decided"}
    for group in played.groups:
        mine = rows[group.id]
        assert {filing.status for filing in mine.filings.values()} <= {FilingStatus.ACCEPTED, FilingStatus.WAIVED, FilingStatus.LAPSED}
        live = {key for key, entry in mine.entries.items() if entry.lapsed_at is None}
        assert live <= set(mine.outcomes), "everything that was judged has an outcome"
        assert {payment.status for payment in mine.payments.values()} <= {PaymentStatus.PAID, PaymentStatus.ENDED}
        known = mine.known(of.definition, now=NOW)
        for stage in of.definition.timeline:
            has_row = stage.key in mine.filings or stage.key in mine.entries or stage.key in mine.payments
            pays_nothing = stage in of.definition.supports and not any(outcome.amount for outcome in mine.outcomes.values())
            if belongs(of.definition, stage, known) and stage.key not in decided and not pays_nothing:
                assert has_row or _unawarded(of, stage, mine), f"{group.reference} belongs to {stage.key} and has nothing there"
    assert {name: broken(session) for name, broken in INVARIANTS.items()} == {name: [] for name in INVARIANTS}
    assert session.scalars(select(Outcome.id)).all() or not decided
    assert session.scalars(select(RoundRow.id).where(RoundRow.status == "closed")).all() == []


def _unawarded(of: Programme, stage: Any, rows: Any) -> bool:
    """Whether a payment has no award to be a share of."""
    award = of.definition.award_of(stage) if stage in of.definition.supports else None
    return stage in of.definition.supports and (award is None or award.key not in rows.outcomes or not rows.outcomes[award.key].amount)
