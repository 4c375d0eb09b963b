"""Tables that officers take away: results, contacts, grants, filings, payments. Each row is only for those who may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from shared.access.visibility import visible
from shared.awards.lifecycle import DecisionStatus, OutcomeKind
from shared.awards.models import Decision, Outcome
from shared.forms import showing
from shared.forms.types.money import BAHT
from shared.forms.types.place import LEVELS
from shared.listing.standing import standing
from shared.payments.models import Payment
from shared.payments.sheet import PAYMENT_SHEET
from shared.people.person import Act, Person
from shared.programmes import columns
from shared.programmes.applicants import NAME
from shared.programmes.applicants.describing import is_contact
from shared.programmes.columns import Column
from shared.programmes.definition import Definition
from shared.programmes.models import Group, Programme
from shared.programmes.offices import OFFICES
from shared.reviews.models import RoundRow
from shared.submissions.deadlines import closes_at
from shared.submissions.models import Filing, Submission
from shared.submissions.sheet import FILING_SHEET, STANDINGS, Standing
from shared.text import Text
from shared.thai import places
from shared.thai.dates import long_moment

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and rows under them; files are written in Thai."""

    headings: tuple[Text, ...]
    rows: list[tuple[Cell, ...]]


REFERENCE = Text("เลขที่ใบสมัคร", "reference")
STATUS = Text("สถานะ", "status")
LEVEL = Text("ระดับ", "level")
AMOUNT = Text("เงินสนับสนุน ({currency})", "grant ({currency})")
STAGE = Text("ขั้นตอน", "stage")
FILED = (
    Text("ผู้ส่ง", "filed by"),
    Text("สถานะการส่ง", "status of the filing"),
    Text("กำหนดส่ง", "deadline"),
    Text("ส่งเมื่อ", "submitted"),
    Text("รับเมื่อ", "accepted"),
)
PAID = (Text("สถานะการจ่าย", "status of the payment"), Text("จ่ายเมื่อ", "paid"), Text("หลักฐาน", "proof"))
RANK = Text("อันดับ {round}", "rank in {round}")
SCORE = Text("คะแนน {round}", "score in {round}")


def results(session: Session, programme: Programme, person: Person) -> Table:
    """Return every submission the person may see with its rank in each published round and what it was given."""
    published = session.execute(
        select(RoundRow.key, Decision)
        .join(RoundRow, RoundRow.id == Decision.round_id)
        .where(Decision.programme_id == programme.id, Decision.status == DecisionStatus.PUBLISHED)
        .order_by(RoundRow.ordinal)
    ).all()
    definition = programme.definition
    labels = {key: rules.label for key, _ in published if (rules := definition.judge(key)) is not None}
    places = {(key, place.submission): place for key, decision in published for place in decision.places}
    asked = _asked(definition, contacts=False)
    headings = (REFERENCE, *_labels(asked), STATUS, LEVEL, _amount(definition))
    rows: list[tuple[Cell, ...]] = []
    for submission, group, award, is_now in session.execute(
        select(Submission, Group, Outcome, standing())
        .join(Group, Group.id == Submission.group_id)
        .outerjoin(Outcome, _awarded())
        .where(Submission.programme_id == programme.id, visible(person, Act.SEE_SUBMISSION))
        .order_by(Submission.reference)
    ):
        level = definition.level_label(award.level) if award and award.level else None
        scores: list[Cell] = []
        for key in labels:
            place = places.get((key, submission.id))
            scores += [place.rank, place.score] if place else [None, None]
        about = (submission.reference, *_answers(group, asked, definition), _status(is_now))
        rows.append((*about, level.th if level else None, award.amount if award else None, *scores))
    ranks = [heading for label in labels.values() for heading in (RANK.fill(round=label), SCORE.fill(round=label))]
    return Table((*headings, *ranks), rows)


def contacts(session: Session, programme: Programme, person: Person) -> Table:
    """Return whom to reach in each group, where the person may see it."""
    definition = programme.definition
    asked = _asked(definition, contacts=True)
    rows = session.execute(
        select(Submission, Group, standing())
        .join(Group, Group.id == Submission.group_id)
        .where(Submission.programme_id == programme.id, visible(person, Act.SEE_CONTACTS))
        .order_by(Submission.reference)
    )
    return Table(
        (REFERENCE, *_labels(asked), STATUS),
        [(submission.reference, *_answers(group, asked, definition), _status(is_now)) for submission, group, is_now in rows],
    )


def grants(session: Session, programme: Programme, person: Person) -> Table:
    """Return the grants that were made, where the person may see the group's contacts: officers, within their area."""
    definition = programme.definition
    asked = _asked(definition, contacts=False)
    rows = session.execute(
        select(Submission, Group, Outcome, standing())
        .join(Group, Group.id == Submission.group_id)
        .join(Outcome, _awarded())
        .where(Submission.programme_id == programme.id, visible(person, Act.SEE_CONTACTS))
        .order_by(Submission.reference)
    )
    return Table(
        (REFERENCE, *_labels(asked), LEVEL, _amount(definition), STATUS),
        [
            (
                submission.reference,
                *_answers(group, asked, definition),
                label.th if (label := definition.level_label(award.level or "")) else award.level,
                award.amount,
                _status(is_now),
            )
            for submission, group, award, is_now in rows
        ],
    )


def filings(session: Session, programme: Programme, person: Person) -> Table:
    """Return what every submission that the person may see files at each stage, with until when, in the order of stages."""
    definition = programme.definition
    who = _asked(definition, contacts=None)
    order = {stage.key: number for number, stage in enumerate(definition.collects)}
    found = session.execute(
        select(Submission, Group, Filing)
        .join(Group, Group.id == Submission.group_id)
        .join(Filing, Filing.submission_id == Submission.id)
        .where(Submission.programme_id == programme.id, visible(person, Act.SEE_CONTACTS))
        .order_by(Submission.reference, Filing.id)
    ).all()
    return Table(
        (REFERENCE, *_labels(who), STAGE, *FILED),
        [
            (
                submission.reference,
                *_answers(group, who, definition),
                _stage(definition, filing.stage),
                OFFICES[filing.filed_by].th,
                FILING_SHEET[filing.status].tag.label.th,
                _moment(closes_at(filing.due_at, filing.mend_until)),
                _moment(filing.submitted_at),
                _moment(filing.accepted_at),
            )
            for submission, group, filing in sorted(found, key=lambda row: (row[0].reference, order.get(row[2].stage, len(order))))
        ],
    )


def paid(session: Session, programme: Programme, person: Person) -> Table:
    """Return every payment, where the person may see the group's contacts: officers, within their area."""
    definition = programme.definition
    who = _asked(definition, contacts=None)
    rows = session.execute(
        select(Submission, Group, Payment)
        .join(Group, Group.id == Submission.group_id)
        .join(Payment, Payment.submission_id == Submission.id)
        .where(Submission.programme_id == programme.id, visible(person, Act.SEE_CONTACTS))
        .order_by(Submission.reference, Payment.id)
    )
    return Table(
        (REFERENCE, *_labels(who), STAGE, _amount(definition), *PAID),
        [
            (
                submission.reference,
                *_answers(group, who, definition),
                _stage(definition, payment.stage),
                payment.amount,
                PAYMENT_SHEET[payment.status].tag.label.th,
                _moment(payment.paid_at),
                payment.note,
            )
            for submission, group, payment in rows
        ],
    )


TABLES: dict[str, Callable[[Session, Programme, Person], Table]] = {
    "results": results,
    "contacts": contacts,
    "grants": grants,
    "filings": filings,
    "payments": paid,
}


def _stage(definition: Definition, key: str) -> str:
    stage = definition.stage(key)
    return stage.label.th if stage else key


def _moment(at: datetime | None) -> str | None:
    return long_moment(at, "th") if at else None


def _amount(definition: Definition) -> Text:
    currency = BAHT if definition.currency == "THB" else Text(definition.currency, definition.currency)
    return AMOUNT.fill(currency=currency)


def _asked(definition: Definition, *, contacts: bool | None) -> list[Column]:
    """Return what is asked of an applicant: its code, name and place; besides whom to reach, or all but that, or (None) nothing."""
    return [
        column
        for column in columns.columns(definition)
        if (column.question is None or column.key == NAME or column.part is not None) or is_contact(column.question) is contacts
    ]


def _labels(asked: list[Column]) -> list[Text]:
    return [column.label for column in asked]


def _answers(group: Group, asked: list[Column], definition: Definition) -> list[Cell]:
    return [_answer(group, column, definition) for column in asked]


def _answer(group: Group, column: Column, definition: Definition) -> Cell:
    if column.question is None:
        return group.code
    value = group.answers.get(column.key)
    if column.part is not None:
        names = {LEVELS[len(one.code) // 2 - 1]: one.th for one in places.around(value or "")}
        return names.get(column.part) if names else getattr(group, column.part)
    return None if value is None else showing.shown(column.question, value, definition.writing).th


def _status(is_now: str) -> str:
    """Return the Thai label of a standing, as the pages show it."""
    return STANDINGS[Standing(is_now)].tag.label.th


def _awarded() -> ColumnElement[bool]:
    return and_(Outcome.submission_id == Submission.id, Outcome.kind == OutcomeKind.AWARDED)
