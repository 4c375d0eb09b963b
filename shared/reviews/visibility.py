"""What a submission means for permission; every door asks `may(person, act, scope_of(…))`."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.people.person import Scope
from shared.programmes.models import Group
from shared.reviews.models import ConflictOfInterest
from shared.submissions.models import Submission


def scope_of(session: Session, submission: Submission, group: Group) -> Scope:
    """Return where a submission belongs: its programme, area and committee, and who declared a conflict with it."""
    conflicted = session.scalars(select(ConflictOfInterest.account_id).where(ConflictOfInterest.submission_id == submission.id))
    return Scope(
        submission_id=submission.id,
        programme_id=submission.programme_id,
        province=group.province,
        district=group.amphoe,
        committees=frozenset({submission.committee} if submission.committee else ()),
        conflicted=frozenset(conflicted),
    )
