"""Reads one submission in full for the JSON door."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.office.schemas.filings import EntryView, FilingView, OutcomeView, PaymentView, SubmissionDetail
from services.office.schemas.submissions import group_view
from shared.access.visibility import scope_of
from shared.listing import record
from shared.listing.standing import standings
from shared.people.person import Act, Person, may
from shared.submissions.queries import SubmissionUnknown


def submission_detail(session: Session, submission_id: UUID, person: Person) -> SubmissionDetail:
    """Return a submission as a person may see it. Raises SubmissionUnknown to those who may not."""
    found = record.read(session, submission_id)
    submission = found.submission
    scope = scope_of(session, submission, found.group)
    if not may(person, Act.SEE_SUBMISSION, scope):
        raise SubmissionUnknown
    is_officer = may(person, Act.SEE_CONTACTS, scope)
    return SubmissionDetail(
        id=submission.id,
        reference=submission.reference,
        programme=found.programme.slug,
        status=standings(session, [submission.id])[submission.id],
        category=submission.category,
        withdrawn_at=submission.withdrawn_at,
        disqualified_at=submission.disqualified_at,
        group=group_view(found.group, found.programme.definition, contacts=is_officer),
        filings=[FilingView.of_record(one, internal=is_officer) for one in found.filings],
        entries=[EntryView.of(row, entry) for row, entry in found.entries],
        outcomes=[OutcomeView.of(row, outcome) for row, outcome in found.outcomes],
        payments=[PaymentView.of(payment) for payment in found.payments] if is_officer else [],
    )


def filing_view(session: Session, submission_id: UUID, stage: str) -> FilingView:
    """Return what a submission files at a stage, to an officer who has just done something with it."""
    found = next(one for one in record.read(session, submission_id).filings if one.of.filing.stage == stage)
    return FilingView.of_record(found, internal=True)
