"""What submissions file, are judged by and are paid, one submission in full; and lists of what waits for officers. For officers."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from pydantic import JsonValue

from services.office.schemas.submissions import FilingName, GroupView, GroupWithContacts, group_view, uploads_url
from services.web.answers import Answer
from shared.awards.lifecycle import OutcomeKind
from shared.awards.models import Outcome
from shared.events.texts import actor_text
from shared.forms import showing
from shared.forms.form import Form
from shared.forms.reading import Writing
from shared.listing.record import FilingRecord, VersionRecord
from shared.listing.work import Waiting
from shared.payments.lifecycle import PaymentStatus
from shared.payments.models import Payment
from shared.programmes.definition import Definition
from shared.reviews.models import Entry, RoundRow
from shared.submissions.lifecycle import UploadStatus, VersionStatus
from shared.submissions.models import Upload
from shared.submissions.sheet import Standing
from shared.text import Text


class AnswerView(Answer):
    """One answer: as it is stored, and as it reads for people."""

    key: str
    label: Text
    value: JsonValue
    text: Text
    internal: bool


class VersionFile(Answer):
    """A file of a version."""

    id: UUID
    item: str
    filename: str
    size_bytes: int
    sha256: str | None
    status: UploadStatus
    url: str

    @classmethod
    def of(cls, upload: Upload) -> Self:
        """Return a file."""
        return cls(
            id=upload.id,
            item=upload.kind,
            filename=upload.filename,
            size_bytes=upload.size_bytes,
            sha256=upload.sha256,
            status=upload.status,
            url=f"{uploads_url(upload.submission_id, upload.id)}/content",
        )


class VersionView(Answer):
    """What was submitted at once."""

    id: UUID
    number: int
    status: VersionStatus
    submitted_at: datetime
    submitted_by: Text
    receipt: str | None
    """The code of its receipt."""
    findings: list[dict[str, JsonValue]]
    """Why it was returned by checks: item, code, data."""
    answers: list[AnswerView]
    files: list[VersionFile]

    @classmethod
    def of(cls, found: VersionRecord, definition: Definition, *, internal: bool) -> Self:
        """Return a version; without `internal` only what is not for officers alone."""
        version = found.version
        form = found.form if internal else found.form.public()
        items = {item.key for item in form.items}
        return cls(
            id=version.id,
            number=version.number,
            status=version.status,
            submitted_at=version.submitted_at,
            submitted_by=actor_text(version.by_kind, version.by_name),
            receipt=found.receipt.code if found.receipt else None,
            findings=list(version.findings),
            answers=answers_of(form, version.answers, definition),
            files=[VersionFile.of(upload) for upload in found.uploads if upload.kind in items],
        )


class FilingView(FilingName):
    """What a submission files at one stage, with everything that was submitted, the newest first."""

    label: Text
    has_changes: bool
    """The draft holds something that is not submitted."""
    versions: list[VersionView]

    @classmethod
    def of_record(cls, found: FilingRecord, *, internal: bool) -> Self:
        """Return a filing; without `internal` only what is not for officers alone."""
        versions = [VersionView.of(one, found.of.definition, internal=internal) for one in found.versions]
        return cls.of(found.of.filing, label=found.of.stage.label, has_changes=found.has_draft, versions=versions)


class OutcomeView(Answer):
    """What a round decided of the submission."""

    round: str
    kind: OutcomeKind
    level: str | None
    amount: str
    """In the programme's currency."""
    made_at: datetime

    @classmethod
    def of(cls, row: RoundRow, outcome: Outcome) -> Self:
        """Return an outcome of a round."""
        return cls(round=row.key, kind=outcome.kind, level=outcome.level, amount=_amount(outcome.amount), made_at=outcome.made_at)


class EntryView(Answer):
    """A round that the submission is judged in."""

    round: str
    committee: str
    versions: dict[str, UUID]
    """By stage, the versions that are judged."""
    made_at: datetime
    lapsed_at: datetime | None

    @classmethod
    def of(cls, row: RoundRow, entry: Entry) -> Self:
        """Return an entry of a round."""
        return cls.model_validate(
            {
                "round": row.key,
                "committee": entry.committee,
                "versions": entry.versions,
                "made_at": entry.made_at,
                "lapsed_at": entry.lapsed_at,
            }
        )


class PaymentView(Answer):
    """A payment to the submission."""

    stage: str
    status: PaymentStatus
    amount: str
    """In the programme's currency."""
    due_at: datetime | None
    paid_at: datetime | None
    paid_by: str | None
    note: str | None

    @classmethod
    def of(cls, payment: Payment) -> Self:
        """Return a payment."""
        return cls(
            stage=payment.stage,
            status=payment.status,
            amount=_amount(payment.amount),
            due_at=payment.due_at,
            paid_at=payment.paid_at,
            paid_by=payment.paid_by,
            note=payment.note,
        )


class SubmissionDetail(Answer):
    """A submission with everything that it files, is judged by and is paid."""

    id: UUID
    reference: str
    programme: str
    status: Standing
    """Where it is as a whole."""
    category: str | None
    withdrawn_at: datetime | None
    disqualified_at: datetime | None
    group: GroupWithContacts | GroupView
    filings: list[FilingView]
    """In the order of the stages."""
    entries: list[EntryView]
    outcomes: list[OutcomeView]
    payments: list[PaymentView]
    """Empty for those who may not see whom to reach."""


class WaitingView(Answer):
    """A filing that waits for an officer."""

    submission: UUID
    reference: str
    programme: str
    group: GroupView
    filing: FilingName
    label: Text
    """Of the stage."""
    submitted_at: datetime | None
    """Of what waits to be accepted."""
    mine: bool
    """The officer was named to coordinate it."""

    @classmethod
    def of(cls, one: Waiting) -> Self:
        """Return a filing that waits."""
        return cls(
            submission=one.submission.id,
            reference=one.submission.reference,
            programme=one.programme.slug,
            group=group_view(one.group, one.programme.definition, contacts=False),
            filing=FilingName.of(one.filing),
            label=one.stage.label,
            submitted_at=one.since,
            mine=one.is_mine,
        )


class WaitingList(Answer):
    """The first of what waits, and how many there are of it."""

    count: int
    waiting: list[WaitingView]


def answers_of(form: Form, answers: Mapping[str, Any], definition: Definition) -> list[AnswerView]:
    """Return the answers of a form in its order."""
    writing = Writing(calendar=definition.calendar, currency=definition.currency)
    return [
        AnswerView(
            key=question.key,
            label=question.label,
            value=answers[question.key],
            text=showing.shown(question, answers[question.key], writing),
            internal=question.internal,
        )
        for question in form.questions
        if answers.get(question.key) is not None
    ]


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}"
