"""Programmes: load a definition, see how far it is, import target groups, invite them."""

from fastapi import APIRouter, Request, Response, UploadFile
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from services.office import actions
from services.office.access import STAFF, NotAllowed, NotOfTheOffice, ThisProgramme, require
from services.office.programme_view import programme_view
from services.office.schemas.programmes import (
    Invitations,
    InvitedSubmission,
    LoadedProgramme,
    ProgrammeList,
    ProgrammeName,
    ProgrammeView,
    ProgrammeWithResults,
    TargetsImport,
)
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.problems import raises
from shared import clock
from shared.people.person import Act, Person
from shared.programmes import operations, queries, reading, targets
from shared.programmes.models import Programme
from shared.programmes.operations import RoundFrozen, SlugDiffers
from shared.programmes.reading import ProgrammeInvalid
from shared.programmes.targets import TableTooLarge, TableUnreadable, TargetsInvalid

router = APIRouter(prefix="/programmes", tags=["programmes"])


@router.get("")
@raises(NotOfTheOffice)
def list_programmes(session: Transaction, person: Asking) -> ProgrammeList:
    """Return the programmes, the newest first."""
    if not person.has(*STAFF):
        raise NotOfTheOffice
    return ProgrammeList(programmes=[ProgrammeName.of(programme) for programme in queries.programmes(session)])


@router.put(
    "/{slug}",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/yaml": {"schema": {"type": "string"}}, "application/json": {"schema": {"type": "object"}}},
        }
    },
    responses={201: {"model": LoadedProgramme, "description": "The programme is new."}},
)
@raises(NotAllowed, ProgrammeInvalid, SlugDiffers, RoundFrozen)
async def load_programme(slug: str, request: Request, response: Response, session: Transaction, person: Asking) -> LoadedProgramme:
    """Make a programme from its file (YAML or JSON), or give it a new version; the same again changes nothing."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > reading.LONGEST:
            break
    programme, changed = await run_in_threadpool(_load, session, slug, bytes(content), person)
    response.status_code = 201 if changed and programme.version == 1 else 200
    return LoadedProgramme.of(programme, changed=changed)


@router.get("/{slug}", response_model=ProgrammeWithResults | ProgrammeView)
@raises()
def read_programme(programme: ThisProgramme, session: Transaction, person: Asking) -> ProgrammeView:
    """Return a programme and how far it is: what the asking person may see of it, counted."""
    return programme_view(session, programme, person, now=clock.now())


@router.post("/{slug}/targets")
@raises(NotAllowed, TableTooLarge, TableUnreadable, TargetsInvalid)
def import_targets(
    programme: ThisProgramme, file: UploadFile, session: Transaction, person: Asking, dry_run: bool = False
) -> TargetsImport:
    """Import target groups from xlsx, ods or csv; with `dry_run` only say what would happen. All faults of a table come at once."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    rows = targets.read(file.file.read(targets.LARGEST + 1))
    result = operations.import_targets(session, programme, rows, by=person.actor, now=clock.now(), dry_run=dry_run)
    return TargetsImport.of(result, dry_run=dry_run)


@router.post("/{slug}/invitations")
@raises(NotAllowed)
def invite(programme: ThisProgramme, session: Transaction, person: Asking) -> Invitations:
    """Invite the target groups that were not yet: each gets its submission and its link; the messages follow by themselves."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    invited = actions.invite(session, programme, by=person.actor, now=clock.now())
    submissions = [InvitedSubmission.of(submission) for submission in invited.submissions]
    return Invitations(invited=len(submissions), remaining=invited.remaining, submissions=submissions)


def _load(session: Session, slug: str, content: bytes, person: Person) -> tuple[Programme, bool]:
    require(person, Act.MANAGE_PROGRAMME)
    return operations.load_programme(session, reading.read(content), by=person.actor, now=clock.now(), slug=slug)
