"""One submission for officers: its group with contacts, its files, what was found in them, what happened."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from services.office import schemas
from services.office.access import STAFF, NotOfTheOffice
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.templates import render
from services.web.uploads import described
from shared.access.visibility import scope_of
from shared.listing.duplicates import same_files, same_footage
from shared.people.person import Act, Person, may
from shared.programmes.definition import Definition
from shared.renditions.queries import RenditionInProgress, renditions_in_progress
from shared.submissions import queries
from shared.submissions.lifecycle import Status
from shared.submissions.models import Submission, Upload
from shared.submissions.receipts.finding import newest
from shared.submissions.texts import STATES, history_text
from shared.validation.queries import findings_of

router = APIRouter(prefix="/office/submissions")


@router.get("/{submission_id}")
def read_submission(request: Request, session: Transaction, person: Asking, submission_id: UUID) -> Response:
    """The submission; one outside the person's area is as good as none."""
    if not person.has(*STAFF):
        raise NotOfTheOffice
    submission, group, programme = queries.submission_with_group(session, submission_id)
    scope, definition = scope_of(session, submission, group), programme.definition
    if not may(person, Act.SEE_SUBMISSION, scope):
        raise queries.SubmissionUnknown
    return render(
        request,
        "office/submission.html",
        submission=submission,
        state=STATES[Status(submission.status)],
        level=definition.level(submission.level) if submission.level else None,
        group=schemas.group(group, contacts=may(person, Act.SEE_CONTACTS, scope)),
        programme=programme,
        definition=definition,
        items=_items(session, submission, definition, person if may(person, Act.UPLOAD, scope) else None),
        steps=_steps(session, submission),
        may_upload=may(person, Act.UPLOAD, scope),
        receipt=newest(session, submission.id),
    )


def _items(session: Session, submission: Submission, definition: Definition, officer: Person | None) -> list[dict[str, Any]]:
    made = renditions_in_progress(session, submission.id)
    uploads = queries.current_uploads(session, [submission.id])[submission.id]
    findings = findings_of(session, [upload.id for upload in uploads])
    elsewhere = same_files(session, officer, submission, uploads) if officer else {}
    footage = same_footage(session, officer, uploads) if officer else {}
    return [
        {
            "label": item.label.model_dump(),
            "required": item.required,
            "bound": f"/api/office/submissions/{submission.id}/bound/{item.kind}" if item.kind in submission.bound else None,
            "uploads": [
                _upload(submission, upload, findings[upload.id], made.get(upload.id, {}))
                | {"elsewhere": elsewhere.get(upload.sha256 or ""), "same_footage": schemas.lookalikes(footage.get(upload.id))}
                for upload in uploads
                if upload.kind == item.kind
            ],
        }
        for item in definition.items
    ]


def _upload(
    submission: Submission, upload: Upload, findings: list[dict[str, Any]], made: Mapping[str, RenditionInProgress]
) -> dict[str, Any]:
    return {
        **described(upload, at=f"/api/office/submissions/{submission.id}/uploads/{upload.id}", making=made),
        "status": upload.status,
        "sent_by": upload.by_name,
        "received_at": upload.received_at,
        "findings": findings,
    }


def _steps(session: Session, submission: Submission) -> list[dict[str, Any]]:
    """Return what happened, the newest first."""
    steps = []
    for event in reversed(queries.history(session, submission.id)):
        words = history_text(event.kind, event.data)
        if words is not None:
            steps.append({"th": words[0], "en": words[1], "by": event.actor_name, "at": event.at, "reason": event.reason})
    return steps
