"""Programmes: load a definition, see how far it is, import target groups, invite them."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response, UploadFile
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from services.office.api.access import STAFF, NotOfTheOffice, ThisProgramme, require
from services.web.database import Transaction
from services.web.identity import Asking
from shared import clock
from shared.awards import queries as awards
from shared.grants import queries as grants
from shared.people.person import Act, Person, Scope, may
from shared.programmes import operations, queries, reading, targets
from shared.programmes.models import Programme
from shared.reviews import overview
from shared.reviews import queries as reviews
from shared.submissions import operations as submissions
from shared.submissions.queries import not_invited

router = APIRouter(prefix="/programmes", tags=["programmes"])

INVITED_AT_ONCE = 500
"""Invitations of one request; the answer says how many remain."""


@router.get("")
def list_programmes(session: Transaction, person: Asking) -> dict[str, Any]:
    """Return the programmes, the newest first."""
    if not person.has(*STAFF):
        raise NotOfTheOffice
    return {"programmes": [_brief(programme) for programme in queries.programmes(session)]}


@router.put(
    "/{slug}",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/yaml": {"schema": {"type": "string"}}, "application/json": {"schema": {"type": "object"}}},
        }
    },
    responses={201: {"description": "The programme is new."}},
)
async def load_programme(slug: str, request: Request, response: Response, session: Transaction, person: Asking) -> dict[str, Any]:
    """Make a programme from its file (YAML or JSON), or give it a new version; the same again changes nothing."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > reading.LONGEST:
            break
    programme, changed = await run_in_threadpool(_load, session, slug, bytes(content), person)
    response.status_code = 201 if changed and programme.version == 1 else 200
    return {**_brief(programme), "changed": changed}


@router.get("/{slug}")
def read_programme(programme: ThisProgramme, session: Transaction, person: Asking) -> dict[str, Any]:
    """Return a programme and how far it is: what the asking person may see of it, counted."""
    opened, progress = reviews.rounds(session, programme.id), overview.progress(session, programme.id)
    statuses = overview.statuses(session, programme.id, person)
    document: dict[str, Any] = {
        **_brief(programme),
        "definition": programme.document,
        "targets": queries.target_count(session, programme.id),
        "submissions": sum(statuses.values()),
        "statuses": statuses,
        "rounds": [
            {
                "key": rules.key,
                "label": rules.label.model_dump(),
                "status": opened[rules.key].status if rules.key in opened else "waiting",
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


@router.post("/{slug}/targets")
def import_targets(
    programme: ThisProgramme, file: UploadFile, session: Transaction, person: Asking, dry_run: bool = False
) -> dict[str, Any]:
    """Import target groups from xlsx, ods or csv; with `dry_run` only say what would happen. All faults of a table come at once."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    rows = targets.read(file.file.read(targets.LARGEST + 1))
    result = operations.import_targets(session, programme, rows, by=person.actor, now=clock.now(), dry_run=dry_run)
    return {"dry_run": dry_run, **asdict(result)}


@router.post("/{slug}/invitations")
def invite(programme: ThisProgramme, session: Transaction, person: Asking) -> dict[str, Any]:
    """Invite the target groups that were not yet: each gets its submission and its link; the messages follow by themselves."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    groups = not_invited(session, programme.id)
    invited = [
        submissions.invite(session, programme=programme, group=group, by=person.actor, now=clock.now())
        for group in groups[:INVITED_AT_ONCE]
    ]
    return {
        "invited": len(invited),
        "remaining": len(groups) - len(invited),
        "submissions": [{"id": submission.id, "reference": submission.reference} for submission in invited],
    }


def _load(session: Session, slug: str, content: bytes, person: Person) -> tuple[Programme, bool]:
    require(person, Act.MANAGE_PROGRAMME)
    return operations.load_programme(session, reading.read(content), by=person.actor, now=clock.now(), slug=slug)


def _brief(programme: Programme) -> dict[str, Any]:
    definition = programme.document
    return {
        "id": programme.id,
        "slug": programme.slug,
        "name": definition["name"],
        "fiscal_year": definition["fiscal_year"],
        "version": programme.version,
    }
