"""Loads a submission for the person who asks; a submission they may not see is reported as not found."""

import hashlib
from uuid import UUID

from fastapi import Request
from sqlalchemy.orm import Session

from services.people.identity import token_of
from services.web import limits
from services.web.problems import raises
from shared.access.visibility import scope_of
from shared.people.person import Act, Person, may
from shared.programmes.models import Group, Programme
from shared.settings import settings
from shared.submissions import queries
from shared.submissions.models import Submission, Upload
from shared.submissions.queries import UploadUnknown


def count_begun(request: Request) -> None:
    """Count an upload that begins, against the limits of its link and of its address. Raises AskedTooOften."""
    limits.count("uploads_of_address", settings().limit_uploads_per_address, limits.address_of(request))
    if (token := token_of(request)) is not None:
        limits.count("uploads_of_link", settings().limit_uploads_per_link, hashlib.sha256(token.encode()).hexdigest()[:32])


@raises(limits.AskedTooOften)
def count_code(request: Request) -> None:
    """Count a code that somebody tries, against the limit of their address. Raises AskedTooOften."""
    limits.count("codes_of_address", settings().limit_codes_per_address, limits.address_of(request))


def visible(session: Session, person: Person, submission_id: UUID, act: Act) -> tuple[Submission, Group, Programme]:
    """Return a submission with group and programme. Raises SubmissionUnknown, also when `person` may not do `act`."""
    submission, group, programme = queries.submission_with_group(session, submission_id)
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
