"""The draft of a filing goes back to what was submitted last: its answers, and its files."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from shared.database.versions import Edit
from shared.events import Actor, EventKind
from shared.forms.checking import check
from shared.programmes.stages import Office
from shared.submissions import queries
from shared.submissions.filings import answers
from shared.submissions.filings.asking import require_open
from shared.submissions.filings.context import FilingContext, newest_version
from shared.submissions.filings.record import record_event
from shared.submissions.filings.settling import NothingSubmitted
from shared.submissions.filings.submitting import end_preparation
from shared.submissions.models import Upload


def restore(session: Session, of: FilingContext, *, by: Actor, now: datetime) -> None:
    """Make the draft what was submitted last; the rows are locked. Answers to what is hidden now stay as they were typed.

    Raises NothingSubmitted, and what `require_open` raises.
    """
    require_open(of, now=now)
    version = newest_version(session, of.filing.id)
    if version is None:
        raise NothingSubmitted(stage_th=of.stage.label.th, stage_en=of.stage.label.en)
    form = of.form if of.filing.filed_by is not Office.APPLICANT else of.form.public()
    typed = {key: value for key, value in answers.draft_of(session, of.filing.id).items() if form.question(key) is not None}
    drafted = check(form, typed, files={}, complete=False)
    asked = {key for key in {*typed, *version.answers} if key in drafted.visible or key in version.answers}
    edits = [Edit(key, version.answers.get(key), None) for key in sorted(asked) if form.question(key) is not None]
    answers.save(session, of, edits, by=by, now=now)
    for upload in queries.draft_uploads(session, [of.filing.id]).get(of.filing.id, []):
        if upload.id not in version.upload_ids:
            upload.replaced_at = now
    session.flush()
    session.execute(update(Upload).where(Upload.id.in_(version.upload_ids)).values(replaced_at=None))
    end_preparation(session, of.filing, now=now)
    record_event(session, EventKind.FILING_RESTORED, of, by=by, now=now, data={"version": str(version.id), "number": version.number})
