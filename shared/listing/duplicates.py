"""The same file, or the same footage, uploaded by two groups: shown to officers, who know whether there is a good reason."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session, aliased

from shared.access.visibility import visible
from shared.people.person import Act, Person
from shared.programmes.models import Group
from shared.renditions.models import Likeness
from shared.renditions.rendition import POSTER
from shared.submissions.models import Submission, Upload
from shared.submissions.sheet import ARRIVED


@dataclass(slots=True)
class SameFile:
    """Other submissions of the programme that hold the same file: those the person may see as (id, reference), and how many more."""

    seen: list[tuple[UUID, str]] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True, slots=True)
class SimilarClip:
    """A clip of another submission that shows the same footage: whose it is, and how much of the shorter clip is seen in the other."""

    submission_id: UUID
    reference: str
    group: str
    upload_id: UUID
    has_poster: bool
    share: float


@dataclass(slots=True)
class SimilarClips:
    """Clips of the programme that show the same footage: those the person may see, the most alike first, and how many more."""

    seen: list[SimilarClip] = field(default_factory=list)
    more: int = 0


def same_files(session: Session, person: Person, submission: Submission, uploads: Sequence[Upload]) -> dict[str, SameFile]:
    """Return, by SHA-256, which other submissions of the programme have exactly the same file. One query."""
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
    found: dict[str, SameFile] = defaultdict(SameFile)
    for digest, id_, reference, is_visible in rows:
        if is_visible:
            found[digest or ""].seen.append((id_, reference))
        else:
            found[digest or ""].more += 1
    return found


def same_footage(session: Session, person: Person, uploads: Iterable[Upload]) -> dict[UUID, SimilarClips]:
    """Return, by upload, which clips of other submissions show the same footage, encoded anew or cut; not exact copies.

    A clip that was replaced is left out. One query.
    """
    ids = [upload.id for upload in uploads]
    pairs = union_all(
        select(Likeness.upload_id.label("mine"), Likeness.other_id.label("theirs"), Likeness.share).where(Likeness.upload_id.in_(ids)),
        select(Likeness.other_id, Likeness.upload_id, Likeness.share).where(Likeness.other_id.in_(ids)),
    ).subquery()
    mine, theirs = aliased(Upload), aliased(Upload)
    rows = session.execute(
        select(
            mine.id,
            visible(person, Act.SEE_SUBMISSION),
            Submission.id,
            Submission.reference,
            Group.name,
            theirs.id,
            theirs.copies.has_key(POSTER),
            pairs.c.share,
        )
        .select_from(pairs)
        .join(mine, mine.id == pairs.c.mine)
        .join(theirs, theirs.id == pairs.c.theirs)
        .join(Submission, Submission.id == theirs.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(theirs.replaced_at.is_(None), theirs.sha256.is_distinct_from(mine.sha256))
        .order_by(pairs.c.share.desc(), Submission.reference)
    )
    found: dict[UUID, SimilarClips] = defaultdict(SimilarClips)
    for id_, is_visible, *about in rows:
        if is_visible:
            found[id_].seen.append(SimilarClip(*about))
        else:
            found[id_].more += 1
    return found
