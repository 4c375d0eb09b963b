"""Programmes: load a definition, see how far it is, import target groups, invite them."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response, UploadFile
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from services.office import actions, schemas
from services.office.access import STAFF, NotOfTheOffice, ThisProgramme, require
from services.people.identity import Asking
from services.web.database import Transaction
from shared import clock
from shared.people.person import Act, Person
from shared.programmes import operations, queries, reading, targets
from shared.programmes.models import Programme

router = APIRouter(prefix="/programmes", tags=["programmes"])


@router.get("")
def list_programmes(session: Transaction, person: Asking) -> dict[str, Any]:
    """Return the programmes, the newest first."""
    if not person.has(*STAFF):
        raise NotOfTheOffice
    return {"programmes": [schemas.brief(programme) for programme in queries.programmes(session)]}


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
    return {**schemas.brief(programme), "changed": changed}


@router.get("/{slug}")
def read_programme(programme: ThisProgramme, session: Transaction, person: Asking) -> dict[str, Any]:
    """Return a programme and how far it is: what the asking person may see of it, counted."""
    return schemas.whole(session, programme, person)


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
    invited = actions.invite(session, programme, by=person.actor, now=clock.now())
    return {
        "invited": len(invited.submissions),
        "remaining": invited.remaining,
        "submissions": [{"id": submission.id, "reference": submission.reference} for submission in invited.submissions],
    }


def _load(session: Session, slug: str, content: bytes, person: Person) -> tuple[Programme, bool]:
    require(person, Act.MANAGE_PROGRAMME)
    return operations.load_programme(session, reading.read(content), by=person.actor, now=clock.now(), slug=slug)
