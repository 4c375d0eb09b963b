"""Start an upload with the part size and the expiry of this installation: the one way for tus and for plain forms."""

from datetime import timedelta

from sqlalchemy.orm import Session

from shared import clock
from shared.people.person import Person
from shared.settings import settings
from shared.submissions.filings.context import FilingContext
from shared.submissions.models import Upload
from shared.submissions.uploads.beginning import begin


def start_upload(
    session: Session, of: FilingContext, *, kind: str, filename: str, filetype: str | None = None, size_bytes: int, by: Person
) -> Upload:
    """Begin an upload of a filing that `by` may upload to; its rows are locked. Raises what `begin` raises."""
    return begin(
        session,
        of,
        kind=kind,
        filename=filename,
        filetype=filetype,
        size_bytes=size_bytes,
        part_bytes=settings().upload_part_bytes,
        expires_after=timedelta(hours=settings().upload_expiry_hours),
        by=by.actor,
        now=clock.now(),
    )
