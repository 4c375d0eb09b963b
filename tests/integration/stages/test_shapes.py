"""Shapes of calls, each by its name: what is asked, judged and paid in stages."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import factories
import pytest
from factories import NOW
from factories import stages as play
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.database.versions import Edit, EditedMeanwhile
from shared.payments import operations as payments
from shared.payments import queries as payment_queries
from shared.payments.lifecycle import PaymentStatus
from shared.people.models import Role
from shared.reviews import operations as reviews
from shared.reviews import queries
from shared.reviews.lifecycle import AssignmentStatus
from shared.reviews.models import Assignment, Ballot, Entry, RoundRow
from shared.stages import opening, operations
from shared.stages.operations import ReadAlready
from shared.submissions.filings import answers, settling
from shared.submissions.filings.reading import read
from shared.submissions.lifecycle import FilingStatus
from shared.submissions.models import Filing, Submission

FUNDED = {"selection": ["gold", "silver"]}
LEVELS = [play.level("gold", 1, 90_000), play.level("silver", 1, 50_000)]
CATEGORY = {
    "questions": [
        {
            "key": "kind",
            "type": "choice",
            "label": {"en": "Kind"},
            "options": [{"key": "short", "label": {"en": "Short"}}, {"key": "long", "label": {"en": "Long"}}],
        }
    ]
}


def stages_of(session: Session, of: Submission) -> dict[str, FilingStatus]:
    """The status of each filing of a submission."""
    rows = session.execute(select(Filing.stage, Filing.status).where(Filing.submission_id == of.id))
    return dict(rows.all())


def entries_of(session: Session, of: Submission) -> dict[str, Entry]:
    """The entries of a submission by round."""
    rows = session.execute(select(RoundRow.key, Entry).join(Entry, Entry.round_id == RoundRow.id).where(Entry.submission_id == of.id))
    return dict(rows.all())


def claimed(session: Session, of: Any, key: str, member: Any) -> queries.AssignmentDetail:
    """What a member takes next in a round."""
    loaded = queries.load_round(session, of, key)
    made = reviews.claim(session, loaded, "central", member=member.id, by=play.actor(member), now=NOW)
    assert made is not None
    return queries.assignment(session, made.id, member=member.id, lock=True)


def test_finalists_file_a_second_form_that_the_next_round_reads_beside_the_first(session: Session) -> None:
    of = play.programme(
        session,
        play.collect("proposal"),
        play.judge("first", keep=1),
        play.collect("full", play.NOTE, **{"for": {"first": "shortlisted"}}),
        play.judge("second", levels=LEVELS, **{"for": {"first": "shortlisted"}}),
    )
    finalist, other = play.invited(session, of, 1), play.invited(session, of, 2)
    for group in (finalist, other):
        play.file(session, group, "proposal")
    play.judged(session, of, "first", {finalist.reference: 9, other.reference: 3})
    assert stages_of(session, finalist) == {"proposal": FilingStatus.ACCEPTED, "full": FilingStatus.OPEN}
    assert stages_of(session, other) == {"proposal": FilingStatus.ACCEPTED}
    play.open_round(session, of, "second")
    assert "second" not in entries_of(session, finalist), "what the round reads is not filed yet"
    play.file(session, finalist, "full", note="ฉบับเต็ม")
    entry = entries_of(session, finalist)["second"]
    assert [one.stage.key for one in read(session, finalist.id, versions=entry.versions)] == ["proposal", "full"]


def test_two_rounds_with_different_committees_judge_one_filing(session: Session) -> None:
    committees = [{"key": key, "label": {"en": key}} for key in ("technical", "financial")]
    of = play.programme(
        session,
        play.collect("plan"),
        play.judge("technical", routing=[{"committee": "technical"}]),
        play.judge("financial", routing=[{"committee": "financial"}]),
        committees=committees,
        routing=[],
    )
    group = play.invited(session, of)
    play.file(session, group, "plan")
    for key in ("technical", "financial"):
        play.open_round(session, of, key)
    found = entries_of(session, group)
    assert {key: entry.committee for key, entry in found.items()} == {"technical": "technical", "financial": "financial"}
    assert found["technical"].versions == found["financial"].versions


def test_a_round_that_reads_two_filings_waits_for_both(session: Session) -> None:
    of = play.programme(session, play.collect("plan"), play.collect("budget", play.NOTE), play.judge("round"))
    group = play.invited(session, of)
    play.open_round(session, of, "round")
    play.file(session, group, "plan")
    assert entries_of(session, group) == {}
    play.file(session, group, "budget", note="งบ")
    assert set(entries_of(session, group)["round"].versions) == {"plan", "budget"}


def test_what_is_returned_after_the_next_stage_began_comes_back_as_a_new_version(session: Session) -> None:
    of = play.programme(session, play.collect("plan"), play.judge("round"))
    group = play.invited(session, of)
    play.file(session, group, "plan")
    play.open_round(session, of, "round")
    one, two = (factories.account(session, name, Role.MEMBER, programme_id=of.id, committee="central") for name in ("one", "two"))
    detail = claimed(session, of, "round", one)
    reviews.save_ballot(session, detail, marks={"quality": Decimal(7)}, comment="ดี", submit=True, by=play.actor(one), now=NOW)
    taken = claimed(session, of, "round", two)
    operations.return_filing(session, play.filing(session, group, "plan"), reason="ภาพมัว", by=play.actor(play.officer(session)), now=NOW)
    play.placed(session, group)
    assert entries_of(session, group)["round"].lapsed_at is not None
    play.file(session, group, "plan", now=NOW + timedelta(hours=1))
    entry = entries_of(session, group)["round"]
    assert entry.lapsed_at is None
    ballot = session.scalars(select(Ballot).where(Ballot.entry_id == entry.id)).one()
    assert (ballot.submitted_at, ballot.marks) == (None, {"quality": "7"}), "the member confirms or changes it"
    statuses = {session.get_one(Assignment, id_).status for id_ in (detail.assignment.id, taken.assignment.id)}
    assert statuses == {AssignmentStatus.OUTDATED}
    again = claimed(session, of, "round", one)
    assert again.ballot is not None
    assert again.ballot.comment == "ดี"
    reviews.save_ballot(session, again, marks={"quality": Decimal(7)}, comment="ดี", submit=True, by=play.actor(one), now=NOW)


def test_what_a_closed_round_has_read_does_not_change(session: Session) -> None:
    of = play.programme(session, play.collect("plan"), play.judge("round"))
    group = play.invited(session, of)
    play.file(session, group, "plan")
    play.judged(session, of, "round", {group.reference: 5})
    with pytest.raises(ReadAlready):
        play.file(session, group, "plan")
    with pytest.raises(ReadAlready):
        operations.return_filing(session, play.filing(session, group, "plan"), reason="ช้าไป", by=play.actor(play.officer(session)), now=NOW)


def test_two_officers_on_one_filing_never_overwrite_one_another(session: Session) -> None:
    form = {"questions": [{"key": key, "type": "short_text", "label": {"en": key}} for key in ("note", "place")]}
    of = play.programme(session, play.collect("record", form, filed_by=["province"]))
    group = play.invited(session, of)
    one, two = (play.actor(play.officer(session, name)) for name in ("one", "two"))
    of_record = play.filing(session, group, "record")
    answers.save(session, of_record, [Edit("note", "ของคนแรก", 0)], by=one, now=NOW)
    answers.save(session, of_record, [Edit("place", "ของคนที่สอง", 0)], by=two, now=NOW)
    with pytest.raises(EditedMeanwhile) as caught:
        answers.save(session, of_record, [Edit("note", "ทับ", 0), Edit("place", "ใหม่", 1)], by=two, now=NOW)
    (clash,) = caught.value.facts["clashes"]
    assert (clash["mine"], clash["theirs"], clash["saved_by"], clash["version"]) == ("ทับ", "ของคนแรก", "one", 1)
    assert answers.draft_of(session, of_record.filing.id) == {"note": "ของคนแรก", "place": "ของคนที่สอง"}
    saved = answers.save(session, of_record, [Edit("note", "ทับ", 1)], by=two, now=NOW)
    assert (saved["note"].value, saved["note"].version, saved["note"].saved_by) == ("ทับ", 2, "two")


def test_a_group_that_withdraws_after_the_award_keeps_all_it_filed_and_is_paid_no_more(session: Session) -> None:
    of = play.programme(
        session,
        play.collect("plan"),
        play.judge("selection", levels=LEVELS),
        play.support("first", share=60, **{"for": FUNDED}),
        play.support("second", share=40, **{"for": FUNDED}),
        play.collect("record", play.NOTE, filed_by=["province"], **{"for": FUNDED}),
    )
    group = play.invited(session, of)
    play.file(session, group, "plan")
    play.judged(session, of, "selection", {group.reference: 9})
    paid = payment_queries.payment(session, group.id, "first", lock=True)
    payments.pay(session, paid, programme_id=of.id, note="โอน 1", by=play.actor(play.officer(session, province=None)), now=NOW)
    before = {(version.version.id, tuple(version.version.upload_ids)) for version in read(session, group.id)}
    operations.withdraw(session, group, reason="ยุบกลุ่ม", by=play.actor(play.officer(session, "other", province=None)), now=NOW)
    assert stages_of(session, group) == {"plan": FilingStatus.ACCEPTED, "record": FilingStatus.LAPSED}
    found = {one.stage: one.status for one in payment_queries.of_submissions(session, [group.id])[group.id]}
    assert found == {"first": PaymentStatus.TO_RETURN, "second": PaymentStatus.ENDED}
    assert {(version.version.id, tuple(version.version.upload_ids)) for version in read(session, group.id)} == before


def test_categories_have_their_own_quotas(session: Session) -> None:
    of = play.programme(
        session,
        play.collect("plan", CATEGORY),
        play.judge("selection", levels=[play.level("gold", {"short": 1, "long": 2})], within="category"),
        categories=[{"key": key, "label": {"en": key}} for key in ("short", "long")],
        category="plan.kind",
    )
    groups = [play.invited(session, of, number) for number in range(1, 6)]
    for group, kind in zip(groups, ("short", "short", "long", "long", "long"), strict=True):
        play.file(session, group, "plan", kind=kind)
    play.judged(session, of, "selection", {group.reference: 9 - number for number, group in enumerate(groups)})
    won = {group.reference: factories.outcome_of(session, group, "selection").level for group in groups}
    assert list(won.values()) == ["gold", None, "gold", "gold", None]
    assert [session.get_one(Submission, group.id).category for group in groups] == ["short", "short", "long", "long", "long"]


def test_quarterly_reports_are_asked_one_after_another(session: Session) -> None:
    of = play.programme(
        session,
        play.collect("plan"),
        play.judge("selection", levels=LEVELS),
        play.collect(
            "report", play.NOTE, by="2020-09-30", repeat={"times": 4, "every": {"months": 3}}, filed_by=["province"], **{"for": FUNDED}
        ),
    )
    group = play.invited(session, of)
    play.file(session, group, "plan")
    play.judged(session, of, "selection", {group.reference: 9})
    due = {filing.stage: filing.due_at for filing in session.scalars(select(Filing).where(Filing.submission_id == group.id))}
    zone = of.definition.zone
    assert {stage: f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}" for stage, at in due.items() if stage != "plan"} == {
        "report_1": "2020-09-30 23:59:59",
        "report_2": "2020-12-31 23:59:59",
        "report_3": "2021-03-31 23:59:59",
        "report_4": "2021-06-30 23:59:59",
    }


def test_an_instalment_waits_for_its_report(session: Session) -> None:
    of = play.programme(
        session,
        play.collect("plan"),
        play.judge("selection", levels=LEVELS),
        play.support("first", share=Decimal("33.33"), **{"for": FUNDED}),
        play.collect("report", play.NOTE, filed_by=["province"], accepted_by="officer", **{"for": FUNDED}),
        play.support("second", share=Decimal("66.67"), **{"for": {**FUNDED, "report": "accepted"}}),
    )
    group = play.invited(session, of)
    officer, department = play.officer(session), play.officer(session, "department", province=None)
    play.file(session, group, "plan")
    play.judged(session, of, "selection", {group.reference: 9})
    assert [one.stage for one in payment_queries.of_submissions(session, [group.id])[group.id]] == ["first"]
    play.file(session, group, "report", by=play.actor(officer), note="ทำแล้ว")
    assert len(payment_queries.of_submissions(session, [group.id])[group.id]) == 1, "not before it is accepted"
    play.accept(session, group, "report", by=department)
    found = {one.stage: one.amount for one in payment_queries.of_submissions(session, [group.id])[group.id]}
    assert found == {"first": Decimal("29997.00"), "second": Decimal("60003.00")}


def test_who_filed_does_not_accept_it(session: Session) -> None:
    of = play.programme(session, play.collect("record", play.NOTE, filed_by=["department"], accepted_by="officer"))
    group = play.invited(session, of)
    officer, colleague = (play.officer(session, name, province=None) for name in ("one", "two"))
    play.file(session, group, "record", by=play.actor(officer), note="เอง")
    with pytest.raises(settling.OwnWork):
        play.accept(session, group, "record", by=officer)
    assert play.accept(session, group, "record", by=colleague).filing.status is FilingStatus.ACCEPTED


def test_a_stage_for_those_who_missed_another_begins_by_itself(session: Session) -> None:
    of = play.programme(
        session,
        play.collect("report", play.NOTE, by="2020-06-30"),
        play.collect("explanation", play.NOTE, by={"days": 14}, **{"for": {"report": "missed"}}),
    )
    late, punctual = play.invited(session, of, 1), play.invited(session, of, 2)
    play.file(session, punctual, "report", note="ส่งทัน")
    after = NOW + timedelta(days=31)
    assert opening.open_due(session, now=after) == 1
    play.placed(session, late, punctual, now=after)
    assert stages_of(session, late) == {"report": FilingStatus.OPEN, "explanation": FilingStatus.OPEN}
    assert stages_of(session, punctual) == {"report": FilingStatus.ACCEPTED}


def test_a_stage_for_those_who_are_to_be_paid_opens_with_the_payment(session: Session) -> None:
    of = play.programme(
        session,
        play.collect("plan"),
        play.judge("selection", levels=LEVELS),
        play.support("money", **{"for": FUNDED}),
        play.collect("account", play.NOTE, **{"for": {"money": ["due", "paid"]}}),
    )
    group = play.invited(session, of)
    play.file(session, group, "plan")
    play.judged(session, of, "selection", {group.reference: 9})
    assert stages_of(session, group)["account"] is FilingStatus.OPEN
