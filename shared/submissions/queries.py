"""Reads of submissions and their uploads."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.errors import NotFound
from shared.events import Event
from shared.programmes.models import Group, Programme
from shared.submissions.models import FilingVersion, Submission, Upload
from shared.submissions.sheet import ARRIVED


class UploadUnknown(NotFound):
    """There is no such upload, or not for this person."""

    th = "ไม่พบไฟล์นี้ หากกำลังส่ง โปรดเลือกไฟล์แล้วเริ่มใหม่"
    en = "There is no such file. If you were sending it, please choose the file and start again."


class SubmissionUnknown(NotFound):
    """There is no such submission, or it is another group's."""

    th = "ไม่พบใบสมัครนี้ โปรดเปิดจากลิงก์ที่ส่งถึงกลุ่มของท่าน"
    en = "There is no such submission. Please open the link that was sent to your group."


def submission(session: Session, id_: UUID, *, lock: bool = False) -> Submission:
    """Return a submission, held against other writers if `lock`. Raises SubmissionUnknown."""
    found = session.get(Submission, id_, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise SubmissionUnknown
    return found


def submission_with_group(session: Session, id_: UUID) -> tuple[Submission, Group, Programme]:
    """Return a submission with its group and programme, in one query. Raises SubmissionUnknown."""
    row = session.execute(
        select(Submission, Group, Programme)
        .join(Group, Group.id == Submission.group_id)
        .join(Programme, Programme.id == Submission.programme_id)
        .where(Submission.id == id_)
    ).one_or_none()
    if row is None:
        raise SubmissionUnknown
    return row


def draft_uploads(session: Session, filing_ids: Collection[UUID]) -> dict[UUID, list[Upload]]:
    """Return, by filing, the files of its draft: arrived and not replaced, oldest first. One query."""
    uploads = session.scalars(
        select(Upload).where(Upload.filing_id.in_(filing_ids), Upload.status.in_(ARRIVED), Upload.replaced_at.is_(None)).order_by(Upload.id)
    )
    by_filing: dict[UUID, list[Upload]] = defaultdict(list)
    for upload in uploads:
        by_filing[upload.filing_id].append(upload)
    return by_filing


def files_of(session: Session, versions: Collection[FilingVersion]) -> dict[UUID, list[Upload]]:
    """Return, by version, the files that were submitted with it, oldest first. One query."""
    ids = {id_ for version in versions for id_ in version.upload_ids}
    uploads = {upload.id: upload for upload in session.scalars(select(Upload).where(Upload.id.in_(ids)))} if ids else {}
    return {version.id: [uploads[id_] for id_ in sorted(version.upload_ids) if id_ in uploads] for version in versions}


def history(session: Session, submission_id: UUID) -> Sequence[Event]:
    """Return what happened to a submission, oldest first."""
    return session.scalars(select(Event).where(Event.submission_id == submission_id).order_by(Event.id)).all()


def not_invited(session: Session, programme_id: UUID) -> Sequence[Group]:
    """Return the groups of a programme without a submission, by code."""
    invited = select(Submission.id).where(Submission.programme_id == programme_id, Submission.group_id == Group.id)
    return session.scalars(select(Group).where(Group.programme_id == programme_id, ~invited.exists()).order_by(Group.code)).all()


def invited_count(session: Session, programme_id: UUID) -> int:
    """Return how many groups a programme has invited."""
    return session.scalar(select(func.count()).select_from(Submission).where(Submission.programme_id == programme_id)) or 0


def inviting_programmes(session: Session) -> Sequence[Programme]:
    """Return the programmes that have invited any group, the newest first."""
    invited = select(Submission.id).where(Submission.programme_id == Programme.id)
    return session.scalars(select(Programme).where(invited.exists()).order_by(Programme.id.desc())).all()
