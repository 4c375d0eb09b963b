"""The groups an officer may help, many on one screen: what each has uploaded, what is missing, what waits to be confirmed. Six queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from services.intake.schemas import Prepared
from services.intake.submission_view import SHOWN, prepared
from services.intake.texts import joined, upload_tag
from services.web.answers import Answer
from shared.access.visibility import visible
from shared.people.person import Act, Person
from shared.programmes.definition import Definition, FileType, Item, ItemKind
from shared.programmes.models import Group
from shared.submissions import queries
from shared.submissions.deadlines import closes_at, hands_in_until
from shared.submissions.lifecycle import Status, UploadStatus
from shared.submissions.models import Submission, Upload
from shared.submissions.operations import missing_items
from shared.submissions.sheet import ARRIVED, MAY_UPLOAD, SHEET
from shared.text import Tag, Text
from shared.validation.findings import Severity
from shared.validation.queries import StoredFinding, findings_of
from shared.validation.sniffing import CLIPS

PAGE = 50
UNFINISHED = 200
"""More of one officer's unfinished files than this are not listed."""
PLACE = Text("หมู่ที่ {village_no} ต.{tambon} อ.{amphoe} จ.{province}", "Village no. {village_no}, T. {tambon}, A. {amphoe}, {province}")


class AcceptedItem(Answer):
    """What the script needs to know to find the item a file is for."""

    kind: ItemKind
    label: Text
    types: list[FileType]
    is_clip: bool
    max_bytes: int
    max_files: int
    is_missing: bool


class FindingLine(Answer):
    """What was found in a file."""

    text: Text
    is_blocking: bool


class AssistUpload(Answer):
    """A file of a group."""

    id: UUID
    filename: str
    state: UploadStatus
    tag: Tag
    is_waiting: bool
    """Whether it is still to be checked."""
    findings: list[FindingLine]


class AssistItem(Answer):
    """An item of a group, with its files."""

    label: Text
    uploads: list[AssistUpload]


class AssistRow(Answer):
    """A group on the officer's screen."""

    id: UUID
    reference: str
    code: str
    name: str
    place: Text
    has_email: bool
    programme: Text
    tag: Tag
    is_checked_now: bool
    closes_at: datetime
    may_upload: bool
    is_late: bool
    missing: Text | None
    """The required items without a file, while files are accepted."""
    must_fix: bool
    """Whether a file must be replaced, and still can be."""
    may_prepare: bool
    prepared: Prepared | None
    items: list[AssistItem]
    """Those that are required or have a file."""
    accepted: list[AcceptedItem]

    @property
    def accepted_json(self) -> str:
        """What the script reads."""
        return ACCEPTED_ITEMS.dump_json(self.accepted).decode()


class UnfinishedFile(Answer):
    """A file that this officer began to upload and did not finish."""

    id: UUID
    submission: UUID
    kind: str
    filename: str
    size_bytes: int
    percent: int
    reference: str
    group: str


class AssistScreen(Answer):
    """What the screen shows: groups, the query of the next page, counts, and the officer's own unfinished files."""

    rows: list[AssistRow]
    following: str | None
    waiting: int
    total: int
    unfinished: list[UnfinishedFile]
    several_programmes: bool


ACCEPTED_ITEMS = TypeAdapter(list[AcceptedItem])


@dataclass(frozen=True, slots=True)
class Listed:
    """A submission on the screen, with its group, programme, shown uploads and what was found in them."""

    submission: Submission
    group: Group
    definition: Definition
    uploads: Sequence[Upload]
    findings: Mapping[UUID, list[StoredFinding]]


def screen(session: Session, person: Person, *, everything: bool, text: str, after: str, now: datetime) -> AssistScreen:
    """Return the groups of the programmes that still accept files, by reference, beginning after one.

    Without `everything` only those that have yet to submit. `text` is looked for in references, codes, names and places.
    """
    definitions = {programme.id: programme.definition for programme in queries.inviting_programmes(session)}
    here = visible(person, Act.PREPARE) & _accepts_files(definitions, now)
    by_status = select(Submission.status, func.count()).join(Group, Group.id == Submission.group_id).where(here).group_by(Submission.status)
    counts = {status: count for status, count in session.execute(by_status)}  # noqa: C416  # rows are no pairs to a type checker
    conditions: list[ColumnElement[bool]] = [here]
    if not everything:
        conditions.append(Submission.status.in_(MAY_UPLOAD))
    if text:
        names = (Submission.reference, Group.code, Group.name, Group.tambon, Group.amphoe)
        conditions.append(or_(*(column.icontains(text, autoescape=True) for column in names)))
    if after:
        conditions.append(Submission.reference > after)
    query = select(Submission, Group).join(Group, Group.id == Submission.group_id).where(*conditions)
    found = session.execute(query.order_by(Submission.reference).limit(PAGE + 1)).all()
    listed = _listed(session, [(submission, group) for submission, group in found[:PAGE]], definitions)
    return AssistScreen(
        rows=[_row(one, now) for one in listed],
        following=listed[-1].submission.reference if len(found) > PAGE else None,
        waiting=sum(count for status, count in counts.items() if status in MAY_UPLOAD),
        total=sum(counts.values()),
        unfinished=_unfinished(session, person),
        several_programmes=len({one.submission.programme_id for one in listed}) > 1,
    )


def _accepts_files(definitions: Mapping[UUID, Definition], now: datetime) -> ColumnElement[bool]:
    """Submissions of programmes before their deadline (with its grace), and those that were returned and may still be fixed."""
    open_now = [id_ for id_, definition in definitions.items() if now <= definition.grace_until]
    returned = (
        and_(
            Submission.programme_id == id_,
            Submission.status == Status.RETURNED,
            Submission.returned_at >= now - timedelta(hours=definition.mend_hours, minutes=definition.grace_minutes),
        )
        for id_, definition in definitions.items()
        if id_ not in open_now
    )
    return or_(Submission.programme_id.in_(open_now), *returned)


def _listed(session: Session, shown: Sequence[tuple[Submission, Group]], definitions: Mapping[UUID, Definition]) -> list[Listed]:
    uploads = session.scalars(
        select(Upload)
        .where(Upload.submission_id.in_([submission.id for submission, _ in shown]), Upload.status.in_(SHOWN), Upload.replaced_at.is_(None))
        .order_by(Upload.id)
    ).all()
    findings = findings_of(session, [upload.id for upload in uploads])
    return [
        Listed(
            submission,
            group,
            definitions[submission.programme_id],
            [upload for upload in uploads if upload.submission_id == submission.id],
            findings,
        )
        for submission, group in shown
    ]


def _unfinished(session: Session, person: Person) -> list[UnfinishedFile]:
    """Return the files this officer began to upload and did not finish, of every group."""
    rows = session.execute(
        select(Upload, Submission.reference, Group.name)
        .join(Submission, Submission.id == Upload.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(
            Upload.status == UploadStatus.RECEIVING,
            Upload.by_id == person.account_id,
            Submission.status.in_(MAY_UPLOAD),
            visible(person, Act.PREPARE),
        )
        .order_by(Upload.id)
        .limit(UNFINISHED)
    )
    return [
        UnfinishedFile(
            id=upload.id,
            submission=upload.submission_id,
            kind=upload.kind,
            filename=upload.filename,
            size_bytes=upload.size_bytes,
            percent=_percent(upload),
            reference=reference,
            group=name,
        )
        for upload, reference, name in rows
    ]


def _row(one: Listed, now: datetime) -> AssistRow:
    submission, group, definition, row = one.submission, one.group, one.definition, SHEET[one.submission.status]
    arrived = [upload for upload in one.uploads if upload.status in ARRIVED]
    missing = missing_items(definition, arrived)
    closes = closes_at(definition, submitted_at=submission.submitted_at, returned_at=submission.returned_at)
    may_upload = row.may_upload and now <= closes
    until = hands_in_until(definition, closes, begun=[upload.created_at for upload in arrived])
    failed = any(upload.status == UploadStatus.FAILED for upload in arrived)
    return AssistRow(
        id=submission.id,
        reference=submission.reference,
        code=group.code,
        name=group.name,
        place=PLACE.fill(village_no=group.village_no, tambon=group.tambon, amphoe=group.amphoe, province=group.province),
        has_email=bool(group.email),
        programme=definition.name,
        tag=row.tag,
        is_checked_now=submission.status is Status.SUBMITTED,
        closes_at=closes,
        may_upload=may_upload,
        is_late=row.may_upload and now > until,
        missing=joined([item.label for item in missing]) if row.may_upload and missing else None,
        must_fix=failed and may_upload,
        may_prepare=row.may_upload and not missing and not failed and now <= until,
        prepared=prepared(submission),
        items=[shown for item in definition.items if (shown := _item(item, one)).uploads or item.required],
        accepted=[_accepted(item, missing) for item in definition.items] if may_upload else [],
    )


def _item(item: Item, one: Listed) -> AssistItem:
    uploads = [_upload(upload, one.findings.get(upload.id, [])) for upload in one.uploads if upload.kind == item.kind]
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
        kind=item.kind,
        label=item.label,
        types=list(item.types),
        is_clip=not CLIPS.isdisjoint(item.types),
        max_bytes=item.max_bytes,
        max_files=item.max_files,
        is_missing=item in missing,
    )


def _percent(upload: Upload) -> int:
    return 100 * upload.offset_bytes // upload.size_bytes
