"""The same file sent by two groups: an advice to officers, who know whether that can be."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.people.person import Act, Person
from shared.programmes.models import Group
from shared.reviews.visibility import visible
from shared.submissions.lifecycle import ARRIVED
from shared.submissions.models import Submission, Upload


@dataclass(slots=True)
class Elsewhere:
    """Other submissions of the programme that hold the same file: those the person may see as (id, reference), and how many more."""

    seen: list[tuple[UUID, str]] = field(default_factory=list)
    more: int = 0


def same_files(session: Session, person: Person, submission: Submission, uploads: Sequence[Upload]) -> dict[str, Elsewhere]:
    """Return, by SHA-256, where else in the programme a file of the submission stands, to the byte. One query."""
    digests = {upload.sha256 for upload in uploads if upload.sha256}
    rows = session.execute(
        select(Upload.sha256, Submission.id, Submission.reference, visible(person, Act.SEE_SUBMISSION))
        .join(Submission, Submission.id == Upload.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(
            Upload.sha256.in_(digests),
            Upload.status.in_(ARRIVED),
            Upload.replaced_at.is_(None),
            Submission.programme_id == submission.programme_id,
            Submission.id != submission.id,
        )
        .distinct()
        .order_by(Submission.reference)
    )
    found: dict[str, Elsewhere] = defaultdict(Elsewhere)
    for digest, id_, reference, is_visible in rows:
        if is_visible:
            found[digest or ""].seen.append((id_, reference))
        else:
            found[digest or ""].more += 1
    return found
