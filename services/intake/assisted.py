"""The groups an officer may help, many on one screen: what each has sent, what is missing, what waits for its yes. Six queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from services.intake.schemas import SHOWN
from shared.access.visibility import visible
from shared.people.person import Act, Person
from shared.programmes.definition import Definition, Item
from shared.programmes.models import Group
from shared.submissions import queries
from shared.submissions.deadlines import closes_at, hands_in_until
from shared.submissions.lifecycle import Status, UploadStatus
from shared.submissions.models import Submission, Upload
from shared.submissions.operations import missing_items
from shared.submissions.sheet import ARRIVED, MAY_UPLOAD
from shared.submissions.texts import STATES
from shared.validation.queries import StoredFinding, findings_of

PAGE = 50
UNFINISHED = 200
"""More of one officer's halted files than this are not listed."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What the screen shows: groups, the query of the next page, counts, and the officer's own files that are half sent."""

    rows: list[dict[str, Any]]
    following: str | None
    waiting: int
    total: int
    unfinished: list[dict[str, Any]]
    several_programmes: bool


def screen(session: Session, person: Person, *, everything: bool, text: str, after: str, now: datetime) -> Screen:
    """Return the groups of the programmes that still take files, by reference, beginning after one.

    Without `everything` only those that have yet to hand in. `text` is looked for in references, codes, names and places.
    """
    definitions = {programme.id: programme.definition for programme in queries.inviting_programmes(session)}
    here = visible(person, Act.PREPARE) & _takes_files(definitions, now)
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
    shown = found[:PAGE]
    uploads = session.scalars(
        select(Upload)
        .where(Upload.submission_id.in_([submission.id for submission, _ in shown]), Upload.status.in_(SHOWN), Upload.replaced_at.is_(None))
        .order_by(Upload.id)
    ).all()
    findings = findings_of(session, [upload.id for upload in uploads])
    return Screen(
        rows=[
            _row(
                submission,
                group,
                definitions[submission.programme_id],
                [upload for upload in uploads if upload.submission_id == submission.id],
                findings,
                now,
            )
            for submission, group in shown
        ],
        following=shown[-1][0].reference if len(found) > PAGE else None,
        waiting=sum(count for status, count in counts.items() if status in MAY_UPLOAD),
        total=sum(counts.values()),
        unfinished=_unfinished(session, person),
        several_programmes=len({submission.programme_id for submission, _ in shown}) > 1,
    )


def _takes_files(definitions: Mapping[UUID, Definition], now: datetime) -> ColumnElement[bool]:
    """Submissions of programmes before their deadline (with its grace), and those that were returned and may still be mended."""
    open_now = [id_ for id_, definition in definitions.items() if now <= definition.grace_until]
    mending = (
        and_(
            Submission.programme_id == id_,
            Submission.status == Status.RETURNED,
            Submission.returned_at >= now - timedelta(hours=definition.mend_hours, minutes=definition.grace_minutes),
        )
        for id_, definition in definitions.items()
        if id_ not in open_now
    )
    return or_(Submission.programme_id.in_(open_now), *mending)


def _unfinished(session: Session, person: Person) -> list[dict[str, Any]]:
    """Return the files this officer began to send and did not finish, of every group."""
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
        {
            "id": upload.id,
            "submission": upload.submission_id,
            "kind": upload.kind,
            "filename": upload.filename,
            "size_bytes": upload.size_bytes,
            "percent": _percent(upload),
            "reference": reference,
            "group": name,
        }
        for upload, reference, name in rows
    ]


def _row(
    submission: Submission,
    group: Group,
    definition: Definition,
    uploads: Sequence[Upload],
    findings: Mapping[UUID, list[StoredFinding]],
    now: datetime,
) -> dict[str, Any]:
    status = Status(submission.status)
    standing = [upload for upload in uploads if upload.status in ARRIVED]
    missing = missing_items(definition, standing)
    closes = closes_at(definition, submitted_at=submission.submitted_at, returned_at=submission.returned_at)
    may_upload = status in MAY_UPLOAD and now <= closes
    until = hands_in_until(definition, closes, begun=[upload.created_at for upload in standing])
    failed = any(upload.status == UploadStatus.FAILED for upload in standing)
    return {
        "id": submission.id,
        "reference": submission.reference,
        "code": group.code,
        "name": group.name,
        "place": (group.village_no, group.tambon, group.amphoe, group.province),
        "email": group.email,
        "programme": definition.name.model_dump(),
        "state": STATES[status],
        "is_checked_now": status == Status.SUBMITTED,
        "closes_at": closes,
        "may_upload": may_upload,
        "late": status in MAY_UPLOAD and now > until,
        "missing": [item.label.model_dump() for item in missing] if status in MAY_UPLOAD else [],
        "failed": failed,
        "may_prepare": status in MAY_UPLOAD and not missing and not failed and now <= until,
        "prepared": {"at": submission.prepared_at, "by": submission.prepared_by} if submission.prepared_at else None,
        "items": [_item(item, uploads, findings) for item in definition.items],
        "takes": [_taken(item, missing) for item in definition.items] if may_upload else [],
    }


def _item(item: Item, uploads: Sequence[Upload], findings: Mapping[UUID, list[StoredFinding]]) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "label": item.label.model_dump(),
        "required": item.required,
        "uploads": [
            {
                "id": upload.id,
                "filename": upload.filename,
                "state": upload.status,
                "percent": _percent(upload),
                "findings": findings.get(upload.id, []),
            }
            for upload in uploads
            if upload.kind == item.kind
        ],
    }


def _taken(item: Item, missing: Sequence[Item]) -> dict[str, Any]:
    """Return what the script needs to know to find the item a file is for."""
    return {
        "kind": item.kind,
        "label": item.label.model_dump(),
        "types": item.types,
        "is_clip": item.max_seconds is not None,
        "max_bytes": item.max_bytes,
        "max_files": item.max_files,
        "is_missing": item in missing,
    }


def _percent(upload: Upload) -> int:
    return 100 * upload.offset_bytes // upload.size_bytes
