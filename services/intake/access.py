"""A submission as the person who asks may see it; another group's is as good as none."""

from uuid import UUID

from sqlalchemy.orm import Session

from shared.people.person import Act, Person, may
from shared.programmes.models import Group, Programme
from shared.reviews.visibility import scope_of
from shared.submissions import queries
from shared.submissions.models import Submission, Upload
from shared.submissions.uploads.writing import UploadUnknown


def visible(session: Session, person: Person, submission_id: UUID, act: Act) -> tuple[Submission, Group, Programme]:
    """Return a submission with group and programme. Raises SubmissionUnknown, also when `person` may not do `act`."""
    submission, group, programme = queries.whole(session, submission_id)
    if not may(person, act, scope_of(session, submission, group)):
        raise queries.SubmissionUnknown
    return submission, group, programme


def visible_upload(session: Session, person: Person, upload_id: UUID, act: Act) -> tuple[Upload, Submission, Programme]:
    """Return an upload with its submission and programme. Raises UploadUnknown, also when `person` may not do `act`."""
    upload = session.get(Upload, upload_id)
    if upload is None:
        raise UploadUnknown
    try:
        submission, _, programme = visible(session, person, upload.submission_id, act)
    except queries.SubmissionUnknown:
        raise UploadUnknown from None
    return upload, submission, programme
