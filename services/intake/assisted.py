"""The groups an officer may help, many on one screen: what each has uploaded, what is missing, what waits to be confirmed.

A row is what one group is asked at one stage. Seven queries.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, select, tuple_
from sqlalchemy.orm import Session

from services.intake.schemas import Prepared
from services.intake.schemas.assist import AcceptedItem, AssistItem, AssistRow, AssistScreen, AssistUpload, FindingLine, UnfinishedFile
from services.intake.texts import joined, to_answer, upload_tag
from services.web.components import Address
from shared.access.visibility import visible
from shared.forms.checking import Checked, check
from shared.forms.items import Item
from shared.people.person import Act, Person
from shared.programmes.models import Group
from shared.programmes.stages import Office
from shared.submissions import queries
from shared.submissions.deadlines import submits_until
from shared.submissions.filings import context
from shared.submissions.filings.asking import may_change
from shared.submissions.filings.context import FilingContext
from shared.submissions.filings.submitting import missing_items
from shared.submissions.lifecycle import FilingStatus, UploadStatus
from shared.submissions.models import Answer, Filing, Submission, Upload
from shared.submissions.sheet import ARRIVED, FILING_SHEET
from shared.text import Text
from shared.validation.findings import Severity
from shared.validation.queries import StoredFinding, findings_of

SHOWN = ARRIVED | {UploadStatus.RECEIVING}
ASKED = tuple(status for status, row in FILING_SHEET.items() if row.is_asked)
WAITING = tuple(status for status, row in FILING_SHEET.items() if row.may_submit)
PAGE = 50
UNFINISHED = 200
"""More of one officer's unfinished files than this are not listed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A filing on the screen, with its shown uploads, what was found in them, and its answers checked."""

    of: FilingContext
    uploads: Sequence[Upload]
    findings: Mapping[UUID, list[StoredFinding]]
    checked: Checked


def screen(session: Session, person: Person, *, everything: bool, text: str, after: str, now: datetime) -> AssistScreen:
    """Return what the groups of the officer's area are still asked, by reference, beginning after the filing of an id.

    Without `everything` only those that have yet to submit. `text` is looked for in references, codes, names and places.
    """
    here = visible(person, Act.PREPARE) & _accepts_files(session, now)
    rows = select(Filing.status, func.count()).select_from(Filing).join(Submission, Submission.id == Filing.submission_id)
    by_status = rows.join(Group, Group.id == Submission.group_id).where(here).group_by(Filing.status)
    counts = {status: count for status, count in session.execute(by_status)}  # noqa: C416  # rows are no pairs to a type checker
    conditions: list[ColumnElement[bool]] = [here]
    if not everything:
        conditions.append(Filing.status.in_(WAITING))
    if text:
        names = (Submission.reference, Group.code, Group.name, Group.tambon, Group.amphoe)
        conditions.append(or_(*(column.icontains(text, autoescape=True) for column in names)))
    if (last := _id(after)) is not None:
        reference = select(Submission.reference).join(Filing, Filing.submission_id == Submission.id).where(Filing.id == last)
        conditions.append(tuple_(Submission.reference, Filing.id) > tuple_(reference.scalar_subquery(), last))
    query = select(Filing.id, Filing.submission_id).join(Submission, Submission.id == Filing.submission_id)
    query = query.join(Group, Group.id == Submission.group_id).where(*conditions).order_by(Submission.reference, Filing.id)
    found = session.execute(query.limit(PAGE + 1)).all()
    listed = _listed(session, [(filing_id, submission_id) for filing_id, submission_id in found[:PAGE]])
    return AssistScreen(
        rows=[_row(one, now) for one in listed],
        following=str(listed[-1].of.filing.id) if len(found) > PAGE else None,
        waiting=sum(count for status, count in counts.items() if status in WAITING),
        total=sum(counts.values()),
        unfinished=_unfinished(session, person),
        several_programmes=len({one.of.programme.id for one in listed}) > 1,
        several_stages=len({one.of.stage.key for one in listed}) > 1,
    )


def _accepts_files(session: Session, now: datetime) -> ColumnElement[bool]:
    """Filings of groups that are asked and not yet past their deadline, their time to fix, and the stage's grace."""
    closes = func.greatest(Filing.due_at, func.coalesce(Filing.mend_until, Filing.due_at))
    open_ = [
        and_(Submission.programme_id == one.id, Filing.stage == stage.key, closes >= now - timedelta(minutes=stage.grace_minutes))
        for one in queries.inviting_programmes(session)
        for stage in one.definition.collects
    ]
    is_in = Submission.withdrawn_at.is_(None) & Submission.disqualified_at.is_(None)
    return and_(Filing.filed_by == Office.APPLICANT, Filing.status.in_(ASKED), is_in, or_(false(), *open_))


def _listed(session: Session, shown: Sequence[tuple[UUID, UUID]]) -> list[Listed]:
    found = context.of_submissions(session, {submission_id for _, submission_id in shown})
    by_id = {of.filing.id: of for contexts in found.values() for of in contexts}
    ids = [filing_id for filing_id, _ in shown if filing_id in by_id]
    uploads: dict[UUID, list[Upload]] = {id_: [] for id_ in ids}
    query = select(Upload).where(Upload.filing_id.in_(ids), Upload.status.in_(SHOWN), Upload.replaced_at.is_(None))
    for upload in session.scalars(query.order_by(Upload.id)):
        uploads[upload.filing_id].append(upload)
    typed: dict[UUID, dict[str, object]] = {id_: {} for id_ in ids}
    for answer in session.scalars(select(Answer).where(Answer.filing_id.in_(ids))):
        typed[answer.filing_id][answer.key] = answer.value
    findings = findings_of(session, [upload.id for sent in uploads.values() for upload in sent])
    return [Listed(by_id[id_], uploads[id_], findings, _checked(by_id[id_], uploads[id_], typed[id_])) for id_ in ids]


def _checked(of: FilingContext, uploads: Sequence[Upload], typed: Mapping[str, object]) -> Checked:
    files = Counter(upload.kind for upload in uploads if upload.status in ARRIVED)
    # What was awarded is asked once it is submitted: it is no matter of what is missing.
    return check(of.form, typed, files=files, grant=Decimal("Infinity"), complete=True, internal=False)


def _unfinished(session: Session, person: Person) -> list[UnfinishedFile]:
    """Return the files this officer began to upload for groups and did not finish."""
    rows = session.execute(
        select(Upload, Submission.reference, Group.name, Filing.stage)
        .join(Submission, Submission.id == Upload.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .join(Filing, Filing.id == Upload.filing_id)
        .where(
            Upload.status == UploadStatus.RECEIVING,
            Upload.by_id == person.account_id,
            Filing.filed_by == Office.APPLICANT,
            Filing.status.in_(ASKED),
            visible(person, Act.PREPARE),
        )
        .order_by(Upload.id)
        .limit(UNFINISHED)
    )
    return [
        UnfinishedFile(
            id=upload.id,
            submission=upload.submission_id,
            stage=stage,
            kind=upload.kind,
            filename=upload.filename,
            size_bytes=upload.size_bytes,
            percent=_percent(upload),
            reference=reference,
            group=name,
        )
        for upload, reference, name, stage in rows
    ]


def _row(one: Listed, now: datetime) -> AssistRow:
    of, row = one.of, FILING_SHEET[one.of.filing.status]
    filing, submission, group = of.filing, of.submission, of.group
    arrived = [upload for upload in one.uploads if upload.status in ARRIVED]
    missing = missing_items(of, arrived, one.checked.visible)
    may_upload = may_change(of, now=now)
    until = submits_until(of.stage, of.closes, begun=[upload.created_at for upload in arrived])
    failed = any(upload.status == UploadStatus.FAILED for upload in arrived)
    is_complete = not one.checked.problems and not failed
    lacking = _lacking(one.checked, missing)
    return AssistRow(
        id=filing.id,
        submission=submission.id,
        stage=filing.stage,
        stage_label=of.stage.label,
        reference=submission.reference,
        code=group.code,
        name=group.name,
        place=Address.model_validate(group, from_attributes=True).area,
        has_email=bool(group.email),
        programme=of.definition.name,
        tag=row.tag,
        is_checked_now=filing.status is FilingStatus.SUBMITTED,
        closes_at=of.closes,
        may_upload=may_upload,
        is_late=row.may_submit and now > until,
        missing=joined(lacking) if row.may_submit and lacking else None,
        must_fix=failed and may_upload,
        may_prepare=row.may_submit and is_complete and now <= until,
        prepared=Prepared(at=filing.prepared_at, by=filing.prepared_by) if filing.prepared_at else None,
        items=[
            shown for item in of.form.items if (shown := _item(item, one)).uploads or (item.required and item.key in one.checked.visible)
        ],
        accepted=[_accepted(item, missing) for item in of.form.items if item.key in one.checked.visible] if may_upload else [],
    )


def _lacking(checked: Checked, missing: Sequence[Item]) -> list[Text]:
    unanswered = len({problem.key for problem in checked.problems if checked.form.question(problem.key) is not None})
    return [*([to_answer(unanswered)] if unanswered else []), *(item.label for item in missing)]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _item(item: Item, one: Listed) -> AssistItem:
    uploads = [_upload(upload, one.findings.get(upload.id, [])) for upload in one.uploads if upload.kind == item.key]
    return AssistItem(label=item.label, uploads=uploads)


def _upload(upload: Upload, findings: Sequence[StoredFinding]) -> AssistUpload:
    return AssistUpload(
        id=upload.id,
        filename=upload.filename,
        state=upload.status,
        tag=upload_tag(upload.status, percent=_percent(upload)),
        is_waiting=upload.status is UploadStatus.RECEIVED,
        findings=[FindingLine(text=finding.text, is_blocking=finding.severity is Severity.BLOCKING) for finding in findings],
    )


def _accepted(item: Item, missing: Sequence[Item]) -> AcceptedItem:
    return AcceptedItem(
        kind=item.key,
        label=item.label,
        types=list(item.types),
        is_clip=item.is_clip,
        max_bytes=item.max_bytes,
        max_files=item.max_files,
        is_missing=item in missing,
    )


def _percent(upload: Upload) -> int:
    return 100 * upload.offset_bytes // upload.size_bytes
