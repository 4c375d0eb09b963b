"""The files of a submission, as its group and those who help it read them."""

from uuid import UUID

from services.intake.access import visible_upload
from services.pages import media
from services.people.identity import Asking
from services.web.database import Transaction
from shared.submissions.models import Upload


def _visible(upload_id: UUID, session: Transaction, person: Asking) -> Upload:
    """Return the file that the path names. Raises UploadUnknown, also for those who may not see it."""
    return visible_upload(session, person, upload_id)


router = media.router(visible=_visible, at="/s/uploads/{upload_id}")
