"""A filing with everything that its rules need: its submission, programme, stage and form."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.errors import NotFound
from shared.forms.form import Form
from shared.programmes import queries as programmes
from shared.programmes.definition import Definition
from shared.programmes.models import Group, Programme
from shared.programmes.stages import Collect
from shared.submissions.deadlines import closes_at, finishes_at
from shared.submissions.models import Filing, FilingVersion, Submission


class FilingUnknown(NotFound):
    """The submission has nothing to file at such a stage."""

    th = "ใบสมัครนี้ไม่มีขั้นตอน {stage} ให้ยื่น"
    en = "This submission has nothing to file at {stage}."


@dataclass(frozen=True, slots=True)
class FilingContext:
    """A filing, and the form and rules of the version of the document that it is filled in by."""

    filing: Filing
    submission: Submission
    group: Group
    programme: Programme
    definition: Definition
    stage: Collect

    @property
    def form(self) -> Form:
        """What is asked."""
        return self.definition.form_of(self.stage)

    @property
    def closes(self) -> datetime:
        """Until when uploads may begin and it may be submitted."""
        return closes_at(self.filing.due_at, self.filing.mend_until)

    @property
    def finishes(self) -> datetime:
        """Until when what was begun in time may finish."""
        return finishes_at(self.stage, self.closes)


def of_filing(session: Session, filing_id: UUID, *, lock: bool = False) -> FilingContext:
    """Return a filing by id; with `lock` its submission's and its own row are locked, in this order. Raises FilingUnknown."""
    submission_id = session.scalar(select(Filing.submission_id).where(Filing.id == filing_id))
    if submission_id is None:
        raise FilingUnknown(stage="-")
    if lock:
        session.get(Submission, submission_id, with_for_update=True, populate_existing=True)
        session.get(Filing, filing_id, with_for_update=True, populate_existing=True)
    return next(one for one in of_submissions(session, [submission_id])[submission_id] if one.filing.id == filing_id)


def of_stage(session: Session, submission_id: UUID, stage: str, *, lock: bool = False) -> FilingContext:
    """Return a submission's filing at a stage; with `lock` as `of_filing`. Raises FilingUnknown."""
    filing_id = session.scalar(select(Filing.id).where(Filing.submission_id == submission_id, Filing.stage == stage))
    if filing_id is None:
        raise FilingUnknown(stage=stage[:40])
    return of_filing(session, filing_id, lock=lock)


def of_submissions(session: Session, submission_ids: Collection[UUID]) -> Mapping[UUID, list[FilingContext]]:
    """Return the filings of submissions, those of each in the order of the programme's stages.

    One query; one more for each older version of a document that a filing is filled in by.
    """
    rows = session.execute(
        select(Filing, Submission, Group, Programme)
        .join(Submission, Submission.id == Filing.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .join(Programme, Programme.id == Submission.programme_id)
        .where(Filing.submission_id.in_(submission_ids))
    )
    found: dict[UUID, list[FilingContext]] = {id_: [] for id_ in submission_ids}
    for filing, submission, group, programme in rows:
        definition = programmes.definition_of(session, programme, filing.document_version)
        stage = definition.collect(filing.stage)
        if stage is not None:
            found[submission.id].append(FilingContext(filing, submission, group, programme, definition, stage))
    for contexts in found.values():
        contexts.sort(key=lambda one: one.definition.timeline.index(one.stage))
    return found


def versions(session: Session, filing_id: UUID) -> Sequence[FilingVersion]:
    """Return everything that was submitted of a filing, the newest first."""
    return session.scalars(select(FilingVersion).where(FilingVersion.filing_id == filing_id).order_by(FilingVersion.number.desc())).all()


def newest_version(session: Session, filing_id: UUID) -> FilingVersion | None:
    """Return what was submitted last of a filing."""
    query = select(FilingVersion).where(FilingVersion.filing_id == filing_id).order_by(FilingVersion.number.desc()).limit(1)
    return session.scalar(query)
