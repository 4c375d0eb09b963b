"""A submitted ballot has a mark for every criterion of its round, and nobody with a conflict of interest has one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.programmes.models import Programme
from shared.reviews.models import Ballot, ConflictOfInterest, Entry, RoundRow
from shared.submissions.models import Submission


def broken(session: Session) -> list[str]:
    """Return the references of submissions with such a ballot, with the round."""
    criteria = {
        (programme.id, round_.key): {criterion.key for criterion in round_.criteria}
        for programme in session.scalars(select(Programme))
        for round_ in programme.definition.judges
    }
    conflict = (
        select(ConflictOfInterest.id)
        .where(
            ConflictOfInterest.submission_id == Submission.id,
            ConflictOfInterest.account_id == Ballot.account_id,
            ConflictOfInterest.declared_at <= Ballot.submitted_at,
        )
        .exists()
    )
    rows = session.execute(
        select(Submission.reference, RoundRow.programme_id, RoundRow.key, Ballot.marks, conflict)
        .join(Entry, Entry.id == Ballot.entry_id)
        .join(RoundRow, RoundRow.id == Entry.round_id)
        .join(Submission, Submission.id == Entry.submission_id)
        .where(Ballot.submitted_at.is_not(None))
    )
    return [
        f"{reference} {key}"
        for reference, programme_id, key, marks, conflicted in rows
        if conflicted or set(marks) != criteria.get((programme_id, key))
    ]
