"""One submission with everything that its officers see of it: drafts and versions of what it files, judging, payments."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.awards import queries as awards
from shared.awards.models import Outcome
from shared.forms.checking import Checked, check
from shared.forms.form import Form
from shared.payments import queries as payments
from shared.payments.models import Payment
from shared.people.models import Account
from shared.programmes import queries as programmes
from shared.programmes.models import Group, Programme
from shared.programmes.stages import Office
from shared.reviews.models import Entry, RoundRow
from shared.submissions import queries
from shared.submissions.filings import context
from shared.submissions.filings.context import FilingContext
from shared.submissions.filings.submitting import has_changes
from shared.submissions.models import Answer, FilingVersion, Receipt, Submission, Upload


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """What was submitted at once: by which form it reads, its files, and its receipt."""

    version: FilingVersion
    form: Form
    uploads: Sequence[Upload]
    receipt: Receipt | None


@dataclass(frozen=True, slots=True)
class FilingRecord:
    """A filing with its draft and its versions."""

    of: FilingContext
    draft: Mapping[str, Any]
    """The draft's answers as they would be stored; those that are typed wrongly are left out."""
    draft_uploads: Sequence[Upload]
    versions: Sequence[VersionRecord]
    """The newest first."""
    coordinator: Account | None

    @property
    def newest(self) -> FilingVersion | None:
        """What was submitted last."""
        return self.versions[0].version if self.versions else None

    @property
    def has_draft(self) -> bool:
        """Whether the draft holds anything that is not submitted."""
        if self.newest is None:
            return bool(self.draft or self.draft_uploads)
        return has_changes(self.newest, self.draft_uploads, dict(self.draft))


@dataclass(frozen=True, slots=True)
class SubmissionRecord:
    """A submission with all its rows."""

    submission: Submission
    group: Group
    programme: Programme
    filings: Sequence[FilingRecord]
    """In the order of the stages."""
    entries: Sequence[tuple[RoundRow, Entry]]
    outcomes: Sequence[tuple[RoundRow, Outcome]]
    """The earliest first."""
    payments: Sequence[Payment]

    def uploads(self) -> list[Upload]:
        """Return every file of a draft or a version, once."""
        found = {upload.id: upload for filing in self.filings for upload in filing.draft_uploads}
        found |= {upload.id: upload for filing in self.filings for version in filing.versions for upload in version.uploads}
        return list(found.values())


def read(session: Session, submission_id: UUID) -> SubmissionRecord:
    """Return a submission with all its rows. A fixed number of queries, one more for each older document. Raises SubmissionUnknown."""
    submission, group, programme = queries.submission_with_group(session, submission_id)
    contexts = context.of_submissions(session, [submission_id])[submission_id]
    ids = [of.filing.id for of in contexts]
    versions = _versions(session, ids)
    files = queries.files_of(session, [version for found in versions.values() for version in found])
    receipts = _receipts(session, submission_id)
    drafts, draft_uploads = _drafts(session, ids), queries.draft_uploads(session, ids)
    coordinators = _accounts(session, {of.filing.coordinator_id for of in contexts if of.filing.coordinator_id})
    entries = session.execute(
        select(RoundRow, Entry)
        .join(Entry, Entry.round_id == RoundRow.id)
        .where(Entry.submission_id == submission_id)
        .order_by(RoundRow.ordinal)
    )
    return SubmissionRecord(
        submission=submission,
        group=group,
        programme=programme,
        filings=[
            FilingRecord(
                of=of,
                draft=(draft := _draft(of, drafts[of.filing.id])).values,
                draft_uploads=[one for one in draft_uploads.get(of.filing.id, []) if one.kind in draft.visible],
                versions=[
                    VersionRecord(one, _form(session, of, one), files.get(one.id, []), receipts.get(one.id))
                    for one in versions[of.filing.id]
                ],
                coordinator=coordinators.get(of.filing.coordinator_id) if of.filing.coordinator_id else None,
            )
            for of in contexts
        ],
        entries=[(row, entry) for row, entry in entries],
        outcomes=awards.outcomes_of(session, [submission_id]).get(submission_id, []),
        payments=payments.of_submissions(session, [submission_id]).get(submission_id, []),
    )


def _versions(session: Session, filing_ids: Collection[UUID]) -> dict[UUID, list[FilingVersion]]:
    found: dict[UUID, list[FilingVersion]] = defaultdict(list)
    query = select(FilingVersion).where(FilingVersion.filing_id.in_(filing_ids)).order_by(FilingVersion.number.desc())
    for version in session.scalars(query):
        found[version.filing_id].append(version)
    return found


def _receipts(session: Session, submission_id: UUID) -> dict[UUID, Receipt]:
    rows = session.scalars(select(Receipt).where(Receipt.submission_id == submission_id).order_by(Receipt.id))
    return {receipt.version_id: receipt for receipt in rows if receipt.version_id is not None}


def _drafts(session: Session, filing_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for answer in session.scalars(select(Answer).where(Answer.filing_id.in_(filing_ids))):
        found[answer.filing_id][answer.key] = answer.value
    return found


def _draft(of: FilingContext, typed: Mapping[str, Any]) -> Checked:
    return check(of.form, typed, files={}, complete=False, internal=of.filing.filed_by is not Office.APPLICANT)


def _form(session: Session, of: FilingContext, version: FilingVersion) -> Form:
    """Return the form that a version was filled in by; the stage may be named otherwise in a document so old that it has none."""
    definition = programmes.definition_of(session, of.programme, version.document_version)
    stage = definition.collect(of.filing.stage)
    return definition.form_of(stage) if stage else of.form


def _accounts(session: Session, ids: Collection[UUID]) -> dict[UUID, Account]:
    return {account.id: account for account in session.scalars(select(Account).where(Account.id.in_(ids)))} if ids else {}
