"""What was filed and what was decided of it, as rows: filings with their versions, uploads, outcomes."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.awards.lifecycle import DecisionStatus, OutcomeKind
from shared.awards.models import Decision, Outcome
from shared.database import new_id
from shared.events import ActorKind
from shared.programmes import terms
from shared.programmes.models import Programme
from shared.reviews.lifecycle import RoundStatus
from shared.reviews.models import RoundRow
from shared.submissions.lifecycle import FilingStatus, UploadStatus, VersionStatus
from shared.submissions.models import Filing, FilingVersion, Submission, Upload
from shared.submissions.sheet import ARRIVED

NOW = datetime(2020, 6, 1, 3, 0, tzinfo=UTC)

VERSIONS = {
    FilingStatus.SUBMITTED: VersionStatus.CHECKING,
    FilingStatus.RETURNED: VersionStatus.FAILED,
    FilingStatus.ACCEPTED: VersionStatus.PASSED,
}


def filing(
    session: Session, of: Submission, programme: Programme, *, status: FilingStatus, stage: str | None = None, **columns: Any
) -> Filing:
    """What a submission files at a stage (the programme's first when none is named), with a version where it was submitted."""
    asked = programme.definition.collect(stage) if stage else programme.definition.collects[0]
    assert asked is not None
    due = terms.ends(asked.by, since=NOW, zone=programme.definition.zone, holidays=())
    was_submitted = status in VERSIONS
    values = {
        "id": new_id(),
        "submission_id": of.id,
        "stage": asked.key,
        "status": status,
        "document_version": programme.version,
        "made_at": NOW,
        "due_at": due,
        "submitted_at": NOW if was_submitted else None,
        "accepted_at": NOW if status is FilingStatus.ACCEPTED else None,
    }
    made = Filing(**values | columns)
    session.add(made)
    session.flush()
    if was_submitted:
        one = version(session, made, status=VERSIONS[status])
        made.version_id = one.id if status is FilingStatus.ACCEPTED else None
        session.flush()
    return made


def version(session: Session, of: Filing, *, status: VersionStatus, number: int = 1, **columns: Any) -> FilingVersion:
    """A version of a filing that its group submitted."""
    values = {
        "id": new_id(),
        "filing_id": of.id,
        "number": number,
        "status": status,
        "document_version": of.document_version,
        "answers": {},
        "upload_ids": [],
        "submitted_at": NOW,
        "by_kind": ActorKind.GROUP,
        "by_id": of.submission_id,
        "by_name": "group",
        "checked_at": None if status is VersionStatus.CHECKING else NOW,
    }
    made = FilingVersion(**values | columns)
    session.add(made)
    session.flush()
    return made


def filing_of(session: Session, submission_id: UUID, stage: str | None = None) -> Filing:
    """The filing of a submission at a stage, or its only one."""
    query = select(Filing).where(Filing.submission_id == submission_id)
    return session.scalars(query if stage is None else query.where(Filing.stage == stage)).one()


def upload(session: Session, submission_id: UUID, **columns: Any) -> Upload:
    """A clip of a submission's filing that arrived complete and passed its check; `columns` are those that are to be otherwise.

    It belongs to the newest version, too, where there is one.
    """
    id_ = columns.get("id") or new_id()
    if "filing_id" not in columns:
        columns["filing_id"] = session.scalars(select(Filing.id).where(Filing.submission_id == submission_id).order_by(Filing.id)).first()
    size = columns.get("size_bytes", 2_500_000)
    values = {
        "id": id_,
        "submission_id": submission_id,
        "kind": "clip",
        "filename": "คลิป.mp4",
        "size_bytes": size,
        "offset_bytes": size,
        "part_bytes": 8 * 1024**2,
        "sha256": id_.hex * 2,
        "object_key": f"uploads/{id_}",
        "status": UploadStatus.PASSED,
        "by_kind": "group",
        "by_name": "กลุ่ม",
        "facts": {"type": "mp4"},
        "created_at": NOW,
        "received_at": NOW,
        "checked_at": NOW,
        "expires_at": NOW + timedelta(days=3),
    }
    made = Upload(**values | columns)
    session.add(made)
    session.flush()
    newest = select(FilingVersion).where(FilingVersion.filing_id == made.filing_id).order_by(FilingVersion.number.desc()).limit(1)
    submitted = session.scalar(newest)
    if submitted is not None and made.status in ARRIVED and made.replaced_at is None:
        submitted.upload_ids = [*submitted.upload_ids, made.id]
        session.flush()
    return made


def outcome_of(session: Session, of: Submission, stage: str) -> Outcome:
    """What was decided of a submission at a judge stage."""
    query = select(Outcome).join(RoundRow, RoundRow.id == Outcome.round_id).where(Outcome.submission_id == of.id, RoundRow.key == stage)
    return session.scalars(query).one()


def outcome(session: Session, of: Submission, programme: Programme, kind: OutcomeKind, *, level: str | None = None) -> Outcome:
    """What the last judge stage that says such a thing decided of a submission, by a published decision of nobody else."""
    selects = kind in {OutcomeKind.AWARDED, OutcomeKind.NOT_AWARDED}
    stage = [judge for judge in programme.definition.judges if bool(judge.levels) == selects][-1]
    row = session.scalar(select(RoundRow).where(RoundRow.programme_id == programme.id, RoundRow.key == stage.key))
    if row is None:
        ordinal = programme.definition.judges.index(stage)
        row = RoundRow(id=new_id(), programme_id=programme.id, key=stage.key, ordinal=ordinal, status=RoundStatus.DECIDED)
        session.add(row)
        session.flush()
    decision = session.scalar(select(Decision).where(Decision.round_id == row.id))
    if decision is None:
        decision = Decision(
            id=new_id(), programme_id=programme.id, round_id=row.id, status=DecisionStatus.PUBLISHED, places_json=[], ties_json=[],
            seal_format=1, digest="0" * 64, made_by="officer", made_at=NOW, published_at=NOW, applied_at=NOW,
        )  # fmt: skip
        session.add(decision)
        session.flush()
    key = level or (stage.levels[0].key if kind is OutcomeKind.AWARDED else None)
    amount = stage.levels[0].amount if kind is OutcomeKind.AWARDED else 0
    made = Outcome(
        id=new_id(), submission_id=of.id, round_id=row.id, decision_id=decision.id, kind=kind, level=key, amount=amount, made_at=NOW
    )
    session.add(made)
    session.flush()
    return made
