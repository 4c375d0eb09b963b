"""Who may see a submission: pages and APIs ask `may(person, act, scope_of(…))`, lists are filtered by `visible`."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session, aliased

from shared.people.models import Role
from shared.people.person import Act, Person, RoleGrant, Scope, may
from shared.programmes.models import Group
from shared.reviews.models import ConflictOfInterest, Entry
from shared.submissions import queries
from shared.submissions.filings.context import FilingContext
from shared.submissions.models import Submission, Upload
from shared.submissions.queries import SubmissionUnknown, UploadUnknown
from shared.submissions.sheet import ARRIVED


def scope_of(session: Session, submission: Submission, group: Group) -> Scope:
    """Return where a submission belongs: its programme, area and committees, and who declared a conflict with it. Two queries."""
    conflicted = session.scalars(select(ConflictOfInterest.account_id).where(ConflictOfInterest.submission_id == submission.id))
    committees = session.scalars(select(Entry.committee).where(Entry.submission_id == submission.id).distinct())
    return Scope(
        submission_id=submission.id,
        programme_id=submission.programme_id,
        province=group.province,
        district=group.amphoe,
        committees=frozenset(committees),
        conflicted=frozenset(conflicted),
    )


def scope_of_filing(session: Session, of: FilingContext) -> Scope:
    """Return where a filing belongs: its submission's scope, who fills it in and who accepts it."""
    scope = scope_of(session, of.submission, of.group)
    return replace(scope, filed_by=of.filing.filed_by.value, accepted_by=of.stage.acceptor(of.filing.filed_by))


def upload_seen_by(session: Session, person: Person, *, submission_id: UUID, upload_id: UUID) -> Upload:
    """Return a completely uploaded file to those who may see its submission. Raises UploadUnknown."""
    row = session.execute(
        select(Upload, Submission, Group)
        .join(Submission, Submission.id == Upload.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(Upload.id == upload_id, Upload.submission_id == submission_id, Upload.status.in_(ARRIVED))
    ).one_or_none()
    if row is None:
        raise UploadUnknown
    upload, submission, group = row
    if not may(person, Act.SEE_SUBMISSION, scope_of(session, submission, group)):
        raise UploadUnknown
    return upload


def submission_seen_by(session: Session, person: Person, submission_id: UUID) -> Submission:
    """Return a submission to those who may see it. Raises SubmissionUnknown."""
    submission, group, _ = queries.submission_with_group(session, submission_id)
    if not may(person, Act.SEE_SUBMISSION, scope_of(session, submission, group)):
        raise SubmissionUnknown
    return submission


def visible(person: Person, act: Act) -> ColumnElement[bool]:
    """Return the condition over Submission and Group that is true exactly where `may(person, act, scope_of(…))` does.

    It is derived from `may` itself, grant by grant, with the area and committee of the grant; a test compares the two.
    """
    own = Submission.id.in_(person.submissions) if person.submissions and _of_group(act) else false()
    return or_(own, *(_where(grant, person, act) for grant in person.grants))


def _of_group(act: Act) -> bool:
    return act in {Act.SEE_SUBMISSION, Act.UPLOAD, Act.SUBMIT}


def _where(grant: RoleGrant, person: Person, act: Act) -> ColumnElement[bool]:
    alone = Person(person.name, person.account_id, grants=(grant,))
    here = Scope(None, grant.programme_id, grant.province, grant.district, frozenset({grant.committee} if grant.committee else ()))
    if not may(alone, act, here):
        return false()
    if grant.role is Role.OFFICER:
        return and_(
            Group.province == grant.province if grant.province is not None else true(),
            Group.amphoe == grant.district if grant.district is not None and grant.province is not None else true(),
        )
    if grant.role in {Role.MEMBER, Role.CHAIR} and act in {Act.SEE_SUBMISSION, Act.REVIEW}:
        conflict = select(ConflictOfInterest.id).where(
            ConflictOfInterest.submission_id == Submission.id, ConflictOfInterest.account_id == person.account_id
        )
        entry = aliased(Entry)  # a list may be of entries itself
        entered = select(entry.id).where(entry.submission_id == Submission.id, entry.committee == grant.committee)
        return and_(Submission.programme_id == grant.programme_id, entered.exists(), ~conflict.exists())
    if grant.role is Role.CHAIR:
        return Submission.programme_id == grant.programme_id
    return true()
