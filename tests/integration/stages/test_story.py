"""A programme that goes on after the decision: what is asked, judged and paid follows from the rows before."""

from decimal import Decimal

import factories
from factories import stages as play
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.awards.lifecycle import OutcomeKind
from shared.payments.models import Payment
from shared.programmes.stages import Office
from shared.submissions.lifecycle import FilingStatus


def test_from_invitation_to_report(session: Session) -> None:
    officer = play.officer(session, "province")
    department = play.officer(session, "department", province=None)
    of = play.programme(
        session,
        play.collect("plan"),
        play.judge("screening"),
        play.judge(
            "selection", levels=[play.level("gold", 1, 90_000), play.level("silver", 1, 50_000)], **{"for": {"screening": "shortlisted"}}
        ),
        play.support("money", **{"for": {"selection": ["gold", "silver"]}}),
        play.collect(
            "record", play.NOTE, filed_by=["district", "province"], accepted_by="officer", **{"for": {"selection": ["gold", "silver"]}}
        ),
    )
    groups = [play.invited(session, of, number) for number in (1, 2, 3)]
    for group in groups:
        assert play.file(session, group, "plan").filing.status is FilingStatus.ACCEPTED
    play.judged(session, of, "screening", {group.reference: 8 for group in groups})
    play.judged(session, of, "selection", {group.reference: 9 - number for number, group in enumerate(groups)})
    outcomes = [factories.outcome_of(session, group, "selection") for group in groups]
    assert [(one.kind, one.level, one.amount) for one in outcomes] == [
        (OutcomeKind.AWARDED, "gold", Decimal(90_000)),
        (OutcomeKind.AWARDED, "silver", Decimal(50_000)),
        (OutcomeKind.NOT_AWARDED, None, Decimal(0)),
    ]
    assert [(one.stage, one.amount) for one in session.scalars(select(Payment).order_by(Payment.amount.desc()))] == [
        ("money", Decimal(90_000)),
        ("money", Decimal(50_000)),
    ]
    record = play.filing(session, groups[0], "record")
    assert record.filing.filed_by is Office.PROVINCE
    after = play.file(session, groups[0], "record", by=play.actor(officer), note="ลงระบบแล้ว")
    assert after.filing.status is FilingStatus.SUBMITTED
    after = play.accept(session, groups[0], "record", by=department)
    assert after.filing.status is FilingStatus.ACCEPTED
