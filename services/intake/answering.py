"""Saving what was typed into a stage's form, on pages and for programs; and going back to what was submitted."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.access import filing_in_scope, filing_of
from services.intake.submitting import acting
from shared.database.versions import Edit
from shared.errors import TooLarge
from shared.events import ActorKind
from shared.forms.checking import check
from shared.forms.form import Form
from shared.forms.reading import Stored
from shared.people.person import Act, Person, Scope
from shared.programmes.stages import Office
from shared.submissions import operations
from shared.submissions.filings import answers, restoring
from shared.submissions.filings.context import FilingContext
from shared.submissions.filings.submitting import end_preparation

LONGEST = 200_000
"""Characters that one answer may have, with all its rows."""


class AnswerTooLong(TooLarge):
    """No answer is that long."""

    th = "คำตอบของ {key} ยาวเกิน {limit} ตัวอักษร"
    en = "The answer to {key} is longer than {limit} characters."


def form_of(of: FilingContext) -> Form:
    """Return what is asked of who fills it in: what is internal is asked of offices only."""
    return of.form if of.filing.filed_by is not Office.APPLICANT else of.form.public()


def kept_of(form: Form, typed: Mapping[str, object]) -> dict[str, Stored]:
    """Return what a draft keeps of what was typed, for the questions that the form has."""
    known = {key: value for key, value in typed.items() if form.question(key) is not None}
    return check(form, known, files={}, complete=False).kept


def save_for(
    session: Session,
    person: Person,
    submission_id: UUID,
    stage: str,
    *,
    typed: Mapping[str, object],
    versions: Mapping[str, int],
    now: datetime,
) -> tuple[FilingContext, Scope]:
    """Save answers for whoever fills in a stage; those not named stay. `versions` are those each was begun from, else 0.

    Returns the filing and the scope of its submission. Raises AnswerTooLong, EditedMeanwhile, AnswersInvalid for a question that is not
    asked, and what `filing_of` and `require_open` raise.
    """
    of, scope = filing_in_scope(session, person, submission_id, stage=stage, act=Act.UPLOAD, now=now, lock=True)
    save_in(session, of, person, typed=typed, versions=versions, now=now)
    return of, scope


def save_in(
    session: Session, of: FilingContext, person: Person, *, typed: Mapping[str, object], versions: Mapping[str, int], now: datetime
) -> None:
    """Do the same in a filing whose rows are locked."""
    for key, value in typed.items():
        if len(str(value)) > LONGEST:
            raise AnswerTooLong(key=key[:40], limit=f"{LONGEST:,}")
    kept = kept_of(form_of(of), typed)
    edits = [Edit(key, kept.get(key), versions.get(key, 0)) for key in typed]
    by = acting(person, of)
    if by.kind is ActorKind.GROUP:
        operations.open_(session, of.submission, by=by, now=now)
    before = answers.saved(session, of.filing.id) if of.filing.prepared_at is not None else None
    after = answers.save(session, of, edits, by=by, now=now)
    if before is not None and before != after:
        end_preparation(session, of.filing, now=now)


def restore_for(session: Session, person: Person, submission_id: UUID, stage: str, *, now: datetime) -> None:
    """Make the draft again what was submitted last. Raises what `filing_of` and `restoring.restore` raise."""
    of = filing_of(session, person, submission_id, stage=stage, act=Act.UPLOAD, now=now, lock=True)
    restoring.restore(session, of, by=acting(person, of), now=now)
