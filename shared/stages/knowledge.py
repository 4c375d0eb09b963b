"""What is known of submissions, read for the conditions of stages: a fixed number of queries, however many submissions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.awards import queries as awards
from shared.awards.lifecycle import OutcomeKind
from shared.awards.models import Outcome
from shared.payments import queries as payments
from shared.payments.models import Payment
from shared.programmes.applicants import APPLICANT
from shared.programmes.definition import Definition
from shared.programmes.models import Group, Programme
from shared.reviews.models import Entry, RoundRow
from shared.stages.conditions import Known
from shared.submissions.deadlines import closes_at
from shared.submissions.lifecycle import FilingStatus
from shared.submissions.models import Filing, FilingVersion, Submission

REJECTED = "rejected"
"""What a condition calls both ways of not going on."""
WORDS = {
    OutcomeKind.SHORTLISTED: ("shortlisted",),
    OutcomeKind.NOT_SHORTLISTED: (REJECTED,),
    OutcomeKind.AWARDED: ("awarded",),
    OutcomeKind.NOT_AWARDED: (REJECTED,),
}


@dataclass(slots=True)
class Rows:
    """One submission with all its rows, by stage."""

    submission: Submission
    group: Group
    filings: dict[str, Filing] = field(default_factory=dict)
    versions: dict[str, FilingVersion] = field(default_factory=dict)
    """The accepted version of each filing."""
    entries: dict[str, Entry] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)

    def known(self, definition: Definition, *, now: datetime) -> Known:
        """Return what conditions ask."""
        states: dict[str, Sequence[str]] = {}
        since: dict[str, datetime] = {}
        for key, filing in self.filings.items():
            states[key], since[key] = _words_of(filing, now), filing.accepted_at or filing.made_at
        for key, outcome in self.outcomes.items():
            states[key] = (*WORDS[outcome.kind], *((outcome.level,) if outcome.level else ()))
            since[key] = outcome.made_at
        for key, payment in self.payments.items():
            states[key], since[key] = (payment.status.value,), payment.paid_at or payment.made_at
        return Known(
            province=self.group.province,
            district=self.group.amphoe,
            category=self.submission.category if self.entries else self.chosen_category(definition),
            made_at=self.submission.created_at,
            states=states,
            since=since,
            answers=self.answers(),
            is_out=self.submission.is_out,
        )

    def answers(self) -> dict[str, Any]:
        """Return the accepted answers by `stage.question`, and those of the applicant by `applicant.question`."""
        by_stage = {APPLICANT: self.group.answers, **{stage: version.answers for stage, version in self.versions.items()}}
        return {f"{stage}.{key}": value for stage, answers in by_stage.items() for key, value in answers.items()}

    def chosen_category(self, definition: Definition) -> str | None:
        """Return the category that the accepted answers or the applicant's name, or the one that was set before."""
        answer = self.answers().get(definition.category) if definition.category else None
        return str(answer) if answer is not None else self.submission.category


def read(session: Session, programme: Programme, submission_ids: Sequence[UUID]) -> dict[UUID, Rows]:
    """Return submissions of a programme with their rows; the submissions' own rows are locked, in the order of their ids. Six queries."""
    found = {
        submission.id: Rows(submission, group)
        for submission, group in session.execute(
            select(Submission, Group)
            .join(Group, Group.id == Submission.group_id)
            .where(Submission.id.in_(submission_ids), Submission.programme_id == programme.id)
            .order_by(Submission.id)
            .with_for_update(of=Submission)
            .execution_options(populate_existing=True)
        )
    }
    filings = session.scalars(select(Filing).where(Filing.submission_id.in_(found)).execution_options(populate_existing=True)).all()
    accepted = {filing.version_id: filing for filing in filings if filing.version_id is not None}
    for filing in filings:
        found[filing.submission_id].filings[filing.stage] = filing
    for version in session.scalars(select(FilingVersion).where(FilingVersion.id.in_(accepted))):
        filing = accepted[version.id]
        found[filing.submission_id].versions[filing.stage] = version
    entries = session.execute(
        select(Entry, RoundRow.key)
        .join(RoundRow, RoundRow.id == Entry.round_id)
        .where(Entry.submission_id.in_(found))
        .execution_options(populate_existing=True)
    )
    for entry, key in entries:
        found[entry.submission_id].entries[key] = entry
    for id_, decided in awards.outcomes_of(session, list(found)).items():
        found[id_].outcomes = {row.key: outcome for row, outcome in decided}
    for id_, due in payments.of_submissions(session, list(found)).items():
        found[id_].payments = {payment.stage: payment for payment in due}
    return found


def _words_of(filing: Filing, now: datetime) -> Sequence[str]:
    missed = filing.status in {FilingStatus.OPEN, FilingStatus.RETURNED} and now > closes_at(filing.due_at, filing.mend_until)
    return (filing.status.value, "missed") if missed else (filing.status.value,)
