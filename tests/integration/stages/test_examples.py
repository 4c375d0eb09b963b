"""The programmes that are shipped as examples are played from the invitation to their end."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from factories import examples
from factories.playing import Play
from sqlalchemy import select
from sqlalchemy.orm import Session

import deploy.demo
from shared.events import SYSTEM
from shared.invariants import INVARIANTS
from shared.payments.lifecycle import PaymentStatus
from shared.payments.models import Payment
from shared.programmes import reading
from shared.programmes.models import Programme
from shared.programmes.operations import load_programme
from shared.reviews.models import Entry, RoundRow
from shared.stages.knowledge import read
from shared.submissions.lifecycle import FilingStatus

EXAMPLES = Path(deploy.demo.__file__).parent


def loaded(session: Session, name: str, now: datetime) -> Programme:
    """An example, loaded."""
    return load_programme(session, reading.read((EXAMPLES / name).read_bytes()), by=SYSTEM, now=now)[0]


def outcomes(session: Session, played: Play, stage: str) -> list[str | None]:
    """What was decided of each group at a stage: its level, or what it is called without one; None where it was not judged."""
    rows = read(session, played.of, [group.id for group in played.groups])
    found = [rows[group.id].outcomes.get(stage) for group in played.groups]
    return [(outcome.level or outcome.kind.value) if outcome else None for outcome in found]


def payments(session: Session, stage: str) -> list[tuple[PaymentStatus, Decimal]]:
    """The payments of a stage, the largest first."""
    rows = session.scalars(select(Payment).where(Payment.stage == stage).order_by(Payment.amount.desc()))
    return [(payment.status, payment.amount) for payment in rows]


def sound(session: Session) -> None:
    """Nothing contradicts itself."""
    assert {name: broken(session) for name, broken in INVARIANTS.items()} == {name: [] for name in INVARIANTS}


def test_first_programme_goes_through_its_seven_steps(session: Session) -> None:
    now = datetime(2020, 5, 2, 3, tzinfo=UTC)
    of = loaded(session, "programme-2563.yaml", now)
    played = Play(session, of, ["ฉะเชิงเทรา"] * 4, now=now)
    played.to_the_end()
    assert outcomes(session, played, "screening") == ["shortlisted"] * 4
    assert outcomes(session, played, "selection") == ["outstanding"] * 4
    assert payments(session, "support") == [(PaymentStatus.PAID, Decimal(90_000))] * 4
    rows = read(session, of, [group.id for group in played.groups])
    for group in played.groups:
        assert {key: filing.status for key, filing in rows[group.id].filings.items()} == dict.fromkeys(
            ("plan", "procurement", "record", "follow_up"), FilingStatus.ACCEPTED
        )
    sound(session)


def test_first_programme_goes_the_same_way_whatever_its_keys_are(session: Session) -> None:
    now = datetime(2020, 5, 2, 3, tzinfo=UTC)
    of = load_programme(session, reading.read(examples.renamed("programme-2563.yaml")), by=SYSTEM, now=now)[0]
    played = Play(session, of, ["ฉะเชิงเทรา"] * 4, now=now)
    played.to_the_end()
    assert outcomes(session, played, "zq_selection") == ["zq_outstanding"] * 4
    rows = read(session, of, [group.id for group in played.groups])
    assert {filing.status for group in played.groups for filing in rows[group.id].filings.values()} == {FilingStatus.ACCEPTED}
    assert sum(len(rows[group.id].filings) for group in played.groups) == 16
    sound(session)


def test_film_award_has_prizes_and_a_jury_in_each_category(session: Session) -> None:
    now = datetime(2026, 2, 10, 9, tzinfo=UTC)
    of = loaded(session, "film.yaml", now)
    genres = ["fiction", "fiction", "documentary", "documentary", "fiction"]
    played = Play(session, of, ["ฉะเชิงเทรา"] * 5, now=now, answers={"genre": genres, "finished": "2026-01-20", "filmed_people": "yes"})
    played.to_the_end()
    assert outcomes(session, played, "shortlist") == ["shortlisted"] * 5
    assert outcomes(session, played, "prizes") == ["gold", "silver", "gold", "silver", "bronze"]
    rows = session.execute(select(RoundRow.key, Entry.committee).join(Entry, Entry.round_id == RoundRow.id).distinct())
    assert set(rows) == {(key, f"{genre}_jury") for key in ("shortlist", "prizes") for genre in ("fiction", "documentary")}
    money = [8000, 8000, 4000, 4000, 1500]
    assert payments(session, "prize_money") == [(PaymentStatus.PAID, Decimal(amount)) for amount in money]
    sound(session)


def test_research_grant_asks_finalists_more_and_pays_by_instalments(session: Session) -> None:
    now = datetime(2026, 1, 10, 3, tzinfo=UTC)
    of = loaded(session, "research.yaml", now)
    requested = ["450000", "123456.78", "90000", "90000", "90000", "90000"]
    played = Play(session, of, ["ฉะเชิงเทรา"] * 6, now=now, answers={"requested": requested})
    played.to_the_end()
    assert outcomes(session, played, "first") == ["shortlisted"] * 4 + ["not_shortlisted"] * 2
    assert outcomes(session, played, "last") == ["funded"] * 3 + ["not_awarded"] + [None] * 2
    rows = read(session, of, [group.id for group in played.groups])
    assert [set(rows[group.id].entries["last"].versions) for group in played.groups[:4]] == [{"proposal", "full"}] * 4
    assert ["full" in rows[group.id].filings for group in played.groups] == [True] * 4 + [False] * 2
    first, second = payments(session, "first_instalment"), payments(session, "second_instalment")
    assert first == [(PaymentStatus.PAID, Decimal(amount)) for amount in ("240000.00", "74074.07", "54000.00")]
    assert second == [(PaymentStatus.PAID, Decimal(amount)) for amount in ("160000.00", "49382.71", "36000.00")]
    sound(session)
