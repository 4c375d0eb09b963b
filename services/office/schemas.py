"""A programme and its submissions as the office shows them: one view for pages and for JSON."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from shared.awards import queries as awards
from shared.grants import queries as grants
from shared.listing import overview
from shared.listing.duplicates import SimilarClips
from shared.people.person import Act, Person, Scope, may
from shared.programmes import queries
from shared.programmes.models import Group, Programme
from shared.renditions.rendition import POSTER
from shared.reviews import queries as reviews
from shared.reviews.lifecycle import RoundStatus
from shared.submissions.models import Submission, Upload


def brief(programme: Programme) -> dict[str, Any]:
    """Return a programme as a list shows it."""
    definition = programme.document
    return {
        "id": programme.id,
        "slug": programme.slug,
        "name": definition["name"],
        "fiscal_year": definition["fiscal_year"],
        "version": programme.version,
    }


def whole(session: Session, programme: Programme, person: Person) -> dict[str, Any]:
    """Return a programme and how far it is: what `person` may see of it, counted."""
    opened, progress = reviews.rounds(session, programme.id), overview.progress(session, programme.id)
    statuses = overview.statuses(session, programme.id, person)
    document: dict[str, Any] = {
        **brief(programme),
        "definition": programme.document,
        "targets": queries.target_count(session, programme.id),
        "submissions": sum(statuses.values()),
        "statuses": statuses,
        "rounds": [
            {
                "key": rules.key,
                "label": rules.label.model_dump(),
                "status": opened[rules.key].status if rules.key in opened else RoundStatus.WAITING,
                "opened_at": opened[rules.key].opened_at if rules.key in opened else None,
                "closed_at": opened[rules.key].closed_at if rules.key in opened else None,
                "entries": progress.get(rules.key, (0, 0))[0],
                "ballots": progress.get(rules.key, (0, 0))[1],
            }
            for rules in programme.definition.rounds
        ],
    }
    if may(person, Act.SEE_RANKING, Scope(programme_id=programme.id)):
        totals = grants.totals(session, programme.id)
        document["decisions"] = [
            {"id": decision.id, "round_id": decision.round_id, "status": decision.status, "applied_at": decision.applied_at}
            for decision in awards.decisions(session, programme.id)
        ]
        document["grants"] = {level: {"count": count, "total": f"{total:.2f}"} for level, (count, total) in totals.items()}
        document["total_baht"] = f"{sum(total for _, total in totals.values()):.2f}"
    return document


def content_url(submission: Submission, upload: Upload) -> str:
    """Return where a file is read."""
    return f"/api/office/submissions/{submission.id}/uploads/{upload.id}/content"


def copies(submission: Submission, upload: Upload) -> dict[str, str]:
    """Return where each copy made of a file is read, by its name."""
    return {name: _copy_url(submission.id, upload.id, name) for name in upload.copies}


def lookalikes(found: SimilarClips | None) -> dict[str, Any] | None:
    """Return the clips that show the same footage as one, and how many more are outside the person's area; None when there are none."""
    if found is None:
        return None
    seen = [
        {
            "submission": one.submission_id,
            "reference": one.reference,
            "group": one.group,
            "upload": one.upload_id,
            "share": round(one.share, 2),
            "poster": _copy_url(one.submission_id, one.upload_id, POSTER) if one.has_poster else None,
        }
        for one in found.seen
    ]
    return {"seen": seen, "more": found.more}


def _copy_url(submission_id: UUID, upload_id: UUID, name: str) -> str:
    return f"/api/office/submissions/{submission_id}/uploads/{upload_id}/copies/{name}"


def group(found: Group, *, contacts: bool) -> dict[str, Any]:
    """Return a group, with whom to reach in it for those who may see that."""
    about: dict[str, Any] = {
        "code": found.code,
        "name": found.name,
        "village_no": found.village_no,
        "tambon": found.tambon,
        "amphoe": found.amphoe,
        "province": found.province,
        "business": found.business,
    }
    if contacts:
        about |= {"contact_name": found.contact_name, "email": found.email, "phone": found.phone}
    return about
