"""Reads of grants."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.awards.lifecycle import DecisionStatus
from shared.awards.models import Decision
from shared.grants.models import Grant
from shared.programmes.models import Group, Programme
from shared.submissions.models import Submission


def grants(session: Session, programme_id: UUID) -> Sequence[tuple[Grant, Submission, Group]]:
    """Return the grants of a programme with their submissions and groups, by reference. One query."""
    rows = session.execute(
        select(Grant, Submission, Group)
        .join(Submission, Submission.id == Grant.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(Submission.programme_id == programme_id)
        .order_by(Submission.reference)
    )
    return list(rows.all())


def published(session: Session) -> Sequence[tuple[Programme, Decision, Grant, Group]]:
    """Return every grant of a published decision with its programme and group, the newest programme first. One query."""
    rows = session.execute(
        select(Programme, Decision, Grant, Group)
        .join(Decision, Decision.programme_id == Programme.id)
        .join(Grant, Grant.decision_id == Decision.id)
        .join(Submission, Submission.id == Grant.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(Decision.status == DecisionStatus.PUBLISHED)
        .order_by(Programme.id.desc(), Submission.reference)
    )
    return list(rows.all())


def totals(session: Session, programme_id: UUID) -> dict[str, tuple[int, Decimal]]:
    """Return, by level, how many grants a programme made and their sum in baht."""
    rows = session.execute(
        select(Grant.level, func.count(), func.sum(Grant.amount))
        .join(Submission, Submission.id == Grant.submission_id)
        .where(Submission.programme_id == programme_id)
        .group_by(Grant.level)
    )
    return {level: (count, total) for level, count, total in rows}
