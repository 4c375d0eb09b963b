"""One submission as its officers' page shows it: the group, what it files stage by stage, judging, payments, history."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Self
from uuid import UUID

from sqlalchemy.orm import Session

from services.office.files import FoundInFiles
from services.office.filing_page import Attempt, FilingSection, Viewer, filing_section
from services.office.money import money_text
from services.office.problem import Problem
from services.pages.applicants import ApplicantAnswer, applicant_answers
from services.web.templates import Page, PageModel
from shared.awards.lifecycle import OutcomeKind
from shared.errors import Refusal
from shared.listing import record
from shared.listing.record import SubmissionRecord
from shared.listing.standing import standings
from shared.payments.lifecycle import PaymentStatus
from shared.payments.models import Payment
from shared.payments.sheet import PAYMENT_SHEET
from shared.people.person import Act, Person, Scope, may
from shared.programmes.applicants import EMAIL, PHONE
from shared.programmes.definition import Definition
from shared.programmes.models import Group
from shared.renditions.queries import renditions_in_progress
from shared.reviews.lifecycle import RoundStatus
from shared.submissions.history import HistoryLine, history_of
from shared.submissions.sheet import STANDINGS, Standing
from shared.text import Tag, Text
from shared.thai import telephones


class Contact(PageModel):
    """Where to reach an applicant."""

    phone: str | None
    phone_written: str
    """As people write it."""
    email: str | None

    @classmethod
    def of(cls, group: Group) -> Self:
        """Return where a group is reached."""
        number, extension = telephones.written(group.phone or "")
        return cls(phone=group.phone, phone_written=f"{number} #{extension}" if extension else number, email=group.email)


REACHED = frozenset({EMAIL, PHONE})
"""Answers that `Contact` shows."""


class OutcomeLine(PageModel):
    """What a round decided of the submission."""

    round: Text
    tag: Tag
    level: Text | None
    amount: Text | None


class EntryLine(PageModel):
    """A round that the submission is judged in, and by which committee."""

    round: Text
    committee: Text
    has_lapsed: bool


class PaymentRow(PageModel):
    """A payment."""

    stage: str
    label: Text
    amount: Text
    tag: Tag
    due_at: datetime | None
    paid_at: datetime | None
    paid_by: str | None
    note: str | None
    can_pay: bool
    typed: str
    """The note that was given when paying was refused."""


class WithdrawForm(PageModel):
    """The way to withdraw the submission."""

    reason: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class FailedAttempt:
    """What was refused, and what was given with it: an attempt at a filing, why to withdraw, or the stage and note of a payment."""

    refusal: Refusal
    attempt: Attempt | None = None
    withdrawing: str | None = None
    paying: tuple[str, str] | None = None


class SubmissionPage(Page):
    """A submission for officers."""

    template: ClassVar[str] = "office/submission.html"

    id: UUID
    reference: str
    programme: str
    programme_name: Text
    tag: Tag
    category: Text | None
    problem: Problem | None
    group: str
    group_code: str
    applicant: list[ApplicantAnswer]
    """With whom to reach for those who may see it, but for the address and number in `contact`."""
    contact: Contact | None
    """None for those who may not see it."""
    may_upload: bool
    filings: list[FilingSection]
    entries: list[EntryLine]
    outcomes: list[OutcomeLine]
    payments: list[PaymentRow]
    withdraw: WithdrawForm | None
    history: list[HistoryLine]
    """The newest first."""


def submission_page(
    session: Session, submission_id: UUID, person: Person, scope: Scope, *, now: datetime, refused: FailedAttempt | None = None
) -> SubmissionPage:
    """Return a submission as `person` may see it; `scope` is where it belongs. What was refused is shown again as it was given."""
    # Asked before the files are read: what is done meanwhile is then seen as made.
    made = renditions_in_progress(session, submission_id)
    found = record.read(session, submission_id)
    submission, group, definition = found.submission, found.group, found.programme.definition
    viewer = Viewer(person, scope, now, refused.attempt if refused else None)
    paying, withdrawing = (refused.paying, refused.withdrawing) if refused else (None, None)
    may_upload, may_manage = may(person, Act.UPLOAD, scope), may(person, Act.MANAGE_SUBMISSION, scope)
    known = FoundInFiles.of(session, submission, found.uploads(), made, officer=person if may_upload else None)
    answers = applicant_answers(definition, group, contacts=viewer.is_officer, internal=viewer.is_officer)
    ended = [entry for row, entry in found.entries if row.status in {RoundStatus.CLOSED, RoundStatus.DECIDED} and entry.lapsed_at is None]
    read = {stage for entry in ended for stage in entry.versions}
    where = standings(session, [submission_id])[submission_id]
    return SubmissionPage(
        id=submission.id,
        reference=submission.reference,
        programme=found.programme.slug,
        programme_name=definition.name,
        tag=STANDINGS[where].tag,
        category=next((one.label for one in definition.categories if one.key == submission.category), None),
        problem=Problem.of(refused.refusal if refused else None),
        group=group.name,
        group_code=group.code,
        applicant=[one for one in answers if one.key not in REACHED],
        contact=Contact.of(group) if viewer.is_officer else None,
        may_upload=may_upload,
        filings=[filing_section(session, one, group, viewer, known, is_read=one.of.stage.key in read) for one in found.filings],
        entries=_entries(found, definition),
        outcomes=_outcomes(found, definition),
        payments=[_payment(one, definition, can_pay=may_manage, paying=paying) for one in found.payments] if viewer.is_officer else [],
        withdraw=WithdrawForm(reason=withdrawing or "", is_open=withdrawing is not None) if may_manage and not submission.is_out else None,
        history=history_of(session, submission.id)[::-1],
    )


def _entries(found: SubmissionRecord, definition: Definition) -> list[EntryLine]:
    committees = {one.key: one.label for one in definition.committees}
    return [
        EntryLine(
            round=_label(definition, row.key),
            committee=committees.get(entry.committee, Text(entry.committee, entry.committee)),
            has_lapsed=entry.lapsed_at is not None,
        )
        for row, entry in found.entries
    ]


def _outcomes(found: SubmissionRecord, definition: Definition) -> list[OutcomeLine]:
    return [
        OutcomeLine(
            round=_label(definition, row.key),
            tag=STANDINGS[Standing(outcome.kind.value)].tag,
            level=definition.level_label(outcome.level) if outcome.level else None,
            amount=money_text(outcome.amount, definition) if outcome.kind is OutcomeKind.AWARDED and outcome.amount > Decimal(0) else None,
        )
        for row, outcome in found.outcomes
    ]


def _payment(payment: Payment, definition: Definition, *, can_pay: bool, paying: tuple[str, str] | None) -> PaymentRow:
    return PaymentRow(
        stage=payment.stage,
        label=_label(definition, payment.stage),
        amount=money_text(payment.amount, definition),
        tag=PAYMENT_SHEET[payment.status].tag,
        due_at=payment.due_at,
        paid_at=payment.paid_at,
        paid_by=payment.paid_by,
        note=payment.note,
        can_pay=can_pay and payment.status is PaymentStatus.DUE,
        typed=paying[1] if paying is not None and paying[0] == payment.stage else "",
    )


def _label(definition: Definition, stage: str) -> Text:
    found = definition.stage(stage)
    return found.label if found else Text(stage, stage)
