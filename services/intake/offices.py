"""What an office has to fill in itself: the filings of the officer's own offices, those that wait first. Four queries."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from services.web.answers import Answer
from shared.people.models import Role
from shared.people.person import Person, RoleGrant, level_of
from shared.programmes.models import Group
from shared.submissions.filings import context
from shared.submissions.lifecycle import FilingStatus
from shared.submissions.models import Filing, Submission
from shared.submissions.sheet import FILING_SHEET
from shared.text import Tag, Text

PAGE = 200
"""So many filings are listed at most."""
SHOWN = tuple(status for status in FilingStatus if status is not FilingStatus.LAPSED)
WAITING = tuple(status for status, row in FILING_SHEET.items() if row.may_submit)


class OfficeRow(Answer):
    """What the office fills in for one group at one stage."""

    submission: UUID
    reference: str
    group: str
    amphoe: str
    programme: Text
    stage: str
    label: Text
    due_at: datetime
    tag: Tag
    is_coordinator: bool
    """Whether the one who asks is named to see to it."""


def waiting_of(session: Session, person: Person, *, everything: bool) -> list[OfficeRow]:
    """Return the filings of the person's own offices, by deadline; without `everything` only those that wait to be submitted."""
    conditions = [_of_offices(person), Filing.status.in_(SHOWN if everything else WAITING)]
    if not everything:
        conditions += [Submission.withdrawn_at.is_(None), Submission.disqualified_at.is_(None)]
    query = select(Filing.id, Filing.submission_id).join(Submission, Submission.id == Filing.submission_id)
    query = query.join(Group, Group.id == Submission.group_id).where(*conditions).order_by(Filing.due_at, Submission.reference, Filing.id)
    found = session.execute(query.limit(PAGE)).all()
    contexts = context.of_submissions(session, {submission_id for _, submission_id in found})
    by_id = {of.filing.id: of for listed in contexts.values() for of in listed}
    return [
        OfficeRow(
            submission=of.submission.id,
            reference=of.submission.reference,
            group=of.group.name,
            amphoe=of.group.amphoe,
            programme=of.definition.name,
            stage=of.stage.key,
            label=of.stage.label,
            due_at=of.filing.due_at,
            tag=FILING_SHEET[of.filing.status].tag,
            is_coordinator=of.filing.coordinator_id is not None and of.filing.coordinator_id == person.account_id,
        )
        for filing_id, _ in found
        if (of := by_id.get(filing_id)) is not None
    ]


def _of_offices(person: Person) -> ColumnElement[bool]:
    """Return the condition over Filing and Group that `may(person, Act.UPLOAD, …)` makes for what offices file."""
    return or_(false(), *(_of_office(grant) for grant in person.grants if grant.role is Role.OFFICER))


def _of_office(grant: RoleGrant) -> ColumnElement[bool]:
    conditions = [Filing.filed_by == level_of(grant)]
    if grant.province is not None:
        conditions.append(Group.province == grant.province)
        if grant.district is not None:
            conditions.append(Group.amphoe == grant.district)
    return and_(*conditions)
