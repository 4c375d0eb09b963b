"""Filings as one person sees them: the draft to who may fill it in, and to others what was submitted. A fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake.access import may_at, sees_internal
from shared.database.versions import NEVER_SAVED, Saved
from shared.events import Event, EventKind
from shared.forms.checking import Checked, check
from shared.forms.form import Form
from shared.forms.items import Item
from shared.forms.questions import Table
from shared.people.person import Act, Person, Scope
from shared.programmes.stages import Office
from shared.stages.operations import grant_of
from shared.submissions import queries
from shared.submissions.deadlines import submits_until
from shared.submissions.filings.asking import may_change
from shared.submissions.filings.context import FilingContext
from shared.submissions.filings.submitting import has_changes, missing_items
from shared.submissions.lifecycle import FilingStatus, UploadStatus
from shared.submissions.models import Answer, FilingVersion, Receipt, Upload
from shared.submissions.sheet import ARRIVED, FILING_SHEET, FilingRow

SHOWN = ARRIVED | {UploadStatus.RECEIVING}
"""Uploads that a draft shows: those that arrived and those on their way."""


@dataclass(frozen=True)
class FilingState:
    """A filing with its draft, versions and receipts, at one moment and for one person."""

    of: FilingContext
    draft_uploads: Sequence[Upload]
    saved: Mapping[str, Saved]
    versions: Sequence[FilingVersion]
    """The newest first."""
    version_uploads: Mapping[UUID, Sequence[Upload]]
    """By version."""
    receipts: Mapping[UUID, Receipt]
    """By version."""
    grant: Decimal | None
    returned_because: str | None
    """The reason that an officer gave when it was returned last, while it is returned."""
    is_mine: bool
    """Whether the person may fill it in."""
    internal: bool
    """Whether the person sees what is internal."""
    now: datetime

    @property
    def row(self) -> FilingRow:
        """What hangs on its status."""
        return FILING_SHEET[self.of.filing.status]

    @cached_property
    def version(self) -> FilingVersion | None:
        """What was submitted last."""
        return self.versions[0] if self.versions else None

    @cached_property
    def may_change(self) -> bool:
        """Whether the person may change answers and files now."""
        return self.is_mine and may_change(self.of, now=self.now)

    @cached_property
    def shows_draft(self) -> bool:
        """Whether the draft is shown: to who fills it in, while it may change or was not submitted."""
        return self.is_mine and (self.version is None or self.row.may_submit or self.may_change)

    @cached_property
    def form(self) -> Form:
        """What is asked, as the person sees it."""
        return self.of.form if self.internal and self.of.filing.filed_by is not Office.APPLICANT else self.of.form.public()

    @cached_property
    def uploads(self) -> Sequence[Upload]:
        """The files that are shown."""
        submitted = self.version_uploads.get(self.version.id, ()) if self.version else ()
        shown = self.draft_uploads if self.shows_draft else submitted
        return [upload for upload in shown if self.form.item(upload.kind) is not None]

    @cached_property
    def typed(self) -> dict[str, Any]:
        """The answers that are shown, by key."""
        if self.shows_draft:
            return {key: one.value for key, one in self.saved.items()}
        return dict(self.version.answers) if self.version else {}

    def saved_as(self, key: str) -> Saved:
        """Return an answer as it is stored."""
        if self.shows_draft:
            return self.saved.get(key, NEVER_SAVED)
        return Saved(self.typed.get(key), 0, None, "")

    @cached_property
    def arrived(self) -> list[Upload]:
        """The complete files."""
        return [upload for upload in self.uploads if upload.status in ARRIVED]

    @cached_property
    def receiving(self) -> set[str]:
        """The items with a file on its way."""
        return {upload.kind for upload in self.uploads if upload.status == UploadStatus.RECEIVING}

    @cached_property
    def checked(self) -> Checked:
        """What would be submitted, with everything that is wrong or missing."""
        return self._check(complete=True)

    @cached_property
    def checked_draft(self) -> Checked:
        """The same without what is missing: only what is wrong with what was typed."""
        return self._check(complete=False)

    @cached_property
    def unanswered(self) -> int:
        """How many questions still need an answer, or another one."""
        return len({problem.key for problem in self.checked.problems if self.form.question(problem.key) is not None})

    @cached_property
    def missing(self) -> list[Item]:
        """The required items, of those that are asked for, with too few files."""
        return missing_items(self.of, self.arrived, self.checked.visible)

    @cached_property
    def has_changes(self) -> bool:
        """Whether the draft differs from what was submitted last."""
        asked = [upload for upload in self.arrived if upload.kind in self.checked.visible]
        return self.shows_draft and has_changes(self.version, asked, self.checked.values)

    @cached_property
    def finishes(self) -> datetime:
        """Until when uploads that were begun in time may finish and be submitted."""
        return submits_until(self.of.stage, self.of.closes, begun=[upload.created_at for upload in self.uploads])

    @cached_property
    def may_submit(self) -> bool:
        """Whether it is complete and in time, and waits to be submitted or differs from what was."""
        waits = self.row.may_submit or (self.may_change and self.has_changes)
        is_complete = not self.checked.problems and (bool(self.arrived) or bool(self.form.questions))
        return self.is_mine and waits and is_complete and self.now <= self.finishes and not self.of.submission.is_out

    @property
    def must_fix(self) -> bool:
        """Whether a file must be replaced and still can be."""
        return any(upload.status == UploadStatus.FAILED for upload in self.arrived) and self.may_change

    @property
    def is_late(self) -> bool:
        """Whether it is too late to submit; nothing that is missing may be begun any more, but what was begun may finish."""
        not_begun = {item.key for item in self.missing} - self.receiving
        return self.now > (self.of.closes if not_begun else self.finishes)

    def _check(self, *, complete: bool) -> Checked:
        files = Counter(upload.kind for upload in self.arrived)
        return check(self.form, self._asked(), files=files, grant=self.grant, complete=complete)

    def _asked(self) -> dict[str, Any]:
        """Return the answers to questions that there are; a question may have gone from the form since."""
        return {key: value for key, value in self.typed.items() if self.form.question(key) is not None}


def load(session: Session, contexts: Sequence[FilingContext], person: Person, scope: Scope, *, now: datetime) -> list[FilingState]:
    """Return filings of one submission as `person` sees them; `scope` is the submission's. At most seven queries."""
    ids = [of.filing.id for of in contexts]
    drafts: dict[UUID, list[Upload]] = defaultdict(list)
    shown = select(Upload).where(Upload.filing_id.in_(ids), Upload.status.in_(SHOWN), Upload.replaced_at.is_(None))
    for upload in session.scalars(shown.order_by(Upload.id)):
        drafts[upload.filing_id].append(upload)
    saved: dict[UUID, dict[str, Saved]] = defaultdict(dict)
    if any(of.form.questions for of in contexts):
        for row in session.scalars(select(Answer).where(Answer.filing_id.in_(ids)).execution_options(populate_existing=True)):
            saved[row.filing_id][row.key] = Saved(row.value, row.version, row.saved_at, row.saved_by)
    versions: dict[UUID, list[FilingVersion]] = defaultdict(list)
    for version in session.scalars(select(FilingVersion).where(FilingVersion.filing_id.in_(ids)).order_by(FilingVersion.number.desc())):
        versions[version.filing_id].append(version)
    newest = [found[0] for found in versions.values()]
    files = queries.files_of(session, newest) if newest else {}
    receipts = _receipts(session, versions) if versions else {}
    returned = [of.filing.id for of in contexts if of.filing.status is FilingStatus.RETURNED]
    reasons = _reasons(session, returned) if returned else {}
    internal = sees_internal(person, scope)
    grant = grant_of(session, contexts[0].submission.id) if any(_needs_grant(of.form) for of in contexts) else None
    return [
        FilingState(
            of=of,
            draft_uploads=drafts[of.filing.id],
            saved=saved[of.filing.id],
            versions=versions[of.filing.id],
            version_uploads=files,
            receipts=receipts,
            grant=grant,
            returned_because=reasons.get(of.filing.id),
            is_mine=may_at(person, Act.UPLOAD, of, scope),
            internal=internal,
            now=now,
        )
        for of in contexts
    ]


def current(states: Sequence[FilingState]) -> FilingState | None:
    """Return what is asked now, first of what the person fills in: the unfinished one with the nearest deadline, else the newest."""
    mine = [state for state in states if state.is_mine] or list(states)
    waiting = [state for state in mine if state.row.next_step is None] or [state for state in mine if not state.row.is_done]
    asked = [state for state in waiting if state.row.is_asked]
    if asked:
        return min(asked, key=lambda state: (state.of.filing.due_at, state.of.filing.id))
    return max(mine, key=lambda state: state.of.filing.id, default=None)


def _receipts(session: Session, versions: Mapping[UUID, Sequence[FilingVersion]]) -> dict[UUID, Receipt]:
    ids = [version.id for found in versions.values() for version in found]
    found = session.scalars(select(Receipt).where(Receipt.version_id.in_(ids)))
    return {receipt.version_id: receipt for receipt in found if receipt.version_id is not None}


def _reasons(session: Session, filing_ids: Sequence[UUID]) -> dict[UUID, str | None]:
    query = select(Event).where(Event.subject_id.in_(filing_ids), Event.kind == EventKind.SUBMISSION_RETURNED).order_by(Event.id)
    return {event.subject_id: event.reason for event in session.scalars(query)}


def _needs_grant(form: Form) -> bool:
    return any(isinstance(question, Table) and question.at_most == "grant" for question in form.questions)
