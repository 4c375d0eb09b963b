"""Queues, assignments and submissions as the committee sees them: one view for pages and for JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.web.uploads import described
from shared.awards.ranking import score
from shared.programmes.definition import Criterion, Definition, Text
from shared.programmes.models import Group
from shared.renditions.queries import RenditionInProgress, renditions_in_progress
from shared.reviews.lifecycle import AssignmentStatus, RoundStatus
from shared.reviews.models import Ballot
from shared.reviews.queries import AssignmentDetail, ClaimedAssignment, QueueCount, RoundContext, SubmittedBallot
from shared.submissions import queries as submissions
from shared.submissions.models import Submission, Upload

Document = dict[str, Any]


def text(label: Text) -> Document:
    """Return a text in both languages."""
    return {"th": label.th, "en": label.en}


def queue(count: QueueCount) -> Document:
    """Return a review queue as one member sees it."""
    context = count.context
    committee = next((known.label for known in context.definition.committees if known.key == count.committee), None)
    return {
        "name": context.queue_name(count.committee),
        "programme": context.programme.slug,
        "programme_name": text(context.definition.name),
        "round": context.row.key,
        "round_label": text(context.rules.label),
        "committee": count.committee,
        "committee_label": text(committee) if committee else None,
        "entries": count.entries,
        "waiting": count.waiting,
        "leased": count.leased,
        "mine": count.mine,
        "done": count.done,
    }


def held(one: ClaimedAssignment) -> Document:
    """Return what a member holds, for a list."""
    return {
        "id": one.assignment.id,
        "queue": one.queue,
        "status": one.assignment.status,
        "claimed_at": one.assignment.claimed_at,
        "lease_until": one.assignment.lease_until,
        "submission": {"id": one.submission.id, "reference": one.submission.reference, "group": one.group.name},
    }


def submitted(one: SubmittedBallot) -> Document:
    """Return a ballot a member submitted, for a list."""
    return {
        "id": one.assignment.id,
        "round_label": text(one.round.label),
        "submitted_at": one.ballot.submitted_at,
        "score": score_text(one.ballot.marks, one.round.criteria),
        "submission": {"id": one.submission.id, "reference": one.submission.reference, "group": one.group.name},
    }


def score_text(marks: Mapping[str, str], criteria: Sequence[Criterion]) -> str | None:
    """Return what marks come to, 0 to 100 with two decimals, for people to read; None while one is missing."""
    return f"{float(score(marks, criteria)):.2f}" if all(known.key in marks for known in criteria) else None


def standing(whole: AssignmentDetail, *, now: datetime) -> str:
    """Return where an assignment stands now: its status, `expired` as soon as its time has passed, or `closed` with its round."""
    if whole.assignment.status != AssignmentStatus.CLAIMED:
        return whole.assignment.status
    if whole.context.row.status != RoundStatus.OPEN:
        return "closed"
    return AssignmentStatus.CLAIMED if whole.assignment.lease_until > now else AssignmentStatus.EXPIRED


def assignment(session: Session, whole: AssignmentDetail) -> Document:
    """Return an assignment with all a member needs to judge. Two queries, for the files and for what is being made of them."""
    found = whole.assignment
    made = renditions_in_progress(session, whole.submission.id)
    uploads = submissions.current_uploads(session, [whole.submission.id])[whole.submission.id]
    return {
        "id": found.id,
        "queue": whole.context.queue_name(whole.entry.committee),
        "status": found.status,
        "claimed_at": found.claimed_at,
        "lease_until": found.lease_until,
        "ended_at": found.ended_at,
        "programme": whole.context.programme.slug,
        "programme_name": text(whole.context.definition.name),
        "round": round_(whole.context),
        "criteria": [criterion(known) for known in whole.context.rules.criteria],
        "submission": submission(whole.submission, whole.group, whole.context.definition, uploads, made),
        "ballot": ballot(whole.ballot) if whole.ballot is not None else None,
    }


def round_(context: RoundContext) -> Document:
    """Return a round as those who judge in it see it."""
    return {
        "key": context.row.key,
        "label": text(context.rules.label),
        "status": context.row.status,
        "lease_minutes": context.rules.lease_minutes,
    }


def criterion(known: Criterion) -> Document:
    """Return a criterion; its numbers are text, so that none is rounded on the way."""
    return {
        "key": known.key,
        "label": text(known.label),
        "min": str(known.min),
        "max": str(known.max),
        "step": str(known.step),
        "weight": str(known.weight),
    }


def ballot(saved: Ballot) -> Document:
    """Return a ballot, or the draft of one."""
    return {"marks": saved.marks, "comment": saved.comment, "saved_at": saved.saved_at, "submitted_at": saved.submitted_at}


def submission(
    found: Submission,
    group: Group,
    definition: Definition,
    uploads: Sequence[Upload],
    made: Mapping[UUID, Mapping[str, RenditionInProgress]],
) -> Document:
    """Return a submission for those who judge it: its group without contacts, its items with their files."""
    return {
        "id": found.id,
        "reference": found.reference,
        "status": found.status,
        "submitted_at": found.submitted_at,
        "group": {
            "name": group.name,
            "village_no": group.village_no,
            "tambon": group.tambon,
            "amphoe": group.amphoe,
            "province": group.province,
            "business": group.business,
        },
        "items": [
            {
                "kind": item.kind,
                "label": text(item.label),
                "uploads": [upload(found, one, made.get(one.id, {})) for one in uploads if one.kind == item.kind],
                "bound": bound(found, item.kind),
            }
            for item in definition.items
        ],
    }


def bound(found: Submission, kind: str) -> Document | None:
    """Return where all files of an item are read as one document, None where it is no item of several files, or not made yet."""
    if kind not in found.bound:
        return None
    return {"url": f"/api/review/submissions/{found.id}/bound/{kind}", "pages": found.bound[kind]["data"]["pages"]}


def upload(found: Submission, one: Upload, made: Mapping[str, RenditionInProgress]) -> Document:
    """Return a file with where to read it, and how far the copies of it are that are being made."""
    at = f"/api/review/submissions/{found.id}/uploads/{one.id}"
    return {
        **described(one, at=at, making=made),
        "kind": one.kind,
        "sha256": one.sha256,
        "status": one.status,
        "facts": one.facts or {},
    }
