"""Where a submission is as a whole, derived in the database from its marks, its last outcome, and else its filings: one answer for all."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, case, cast, func, select
from sqlalchemy.orm import Session

from shared.awards.models import Outcome
from shared.programmes.stages import Office
from shared.submissions.lifecycle import FilingStatus
from shared.submissions.models import Filing, Submission
from shared.submissions.sheet import Standing

SHOWN = (FilingStatus.OPEN, FilingStatus.SUBMITTED, FilingStatus.RETURNED, FilingStatus.ACCEPTED)


def standing() -> ColumnElement[str]:
    """Return the expression over Submission whose value is a Standing."""
    decided = select(cast(Outcome.kind, Text)).where(Outcome.submission_id == Submission.id).order_by(Outcome.id.desc()).limit(1)
    outcome = decided.correlate(Submission)
    never_came = and_(Filing.status == FilingStatus.OPEN, Submission.opened_at.is_(None), Filing.filed_by == Office.APPLICANT)
    filing = (
        select(case((never_came, Standing.INVITED.value), else_=cast(Filing.status, Text)))
        .where(Filing.submission_id == Submission.id, Filing.status.in_(SHOWN))
        .order_by(Filing.status == FilingStatus.ACCEPTED, Filing.id)
        .limit(1)
        .correlate(Submission)
    )
    return case(
        (Submission.withdrawn_at.is_not(None), Standing.WITHDRAWN.value),
        (Submission.disqualified_at.is_not(None), Standing.DISQUALIFIED.value),
        else_=func.coalesce(outcome.scalar_subquery(), filing.scalar_subquery(), Standing.WAITING.value),
    )


def standings(session: Session, submission_ids: Collection[UUID]) -> dict[UUID, Standing]:
    """Return where submissions are. One query."""
    rows = session.execute(select(Submission.id, standing()).where(Submission.id.in_(submission_ids)))
    return {id_: Standing(value) for id_, value in rows}
