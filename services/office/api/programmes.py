"""Programmes: load a definition, see how far it is, import target groups, invite them."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response, UploadFile
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from services.office import actions
from services.office.access import STAFF, NotAllowed, NotOfTheOffice, ThisProgramme, manages, require
from services.office.programme_view import programme_view
from services.office.schemas.programmes import (
    DocumentVersion,
    DocumentVersionList,
    DocumentVersionView,
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
from services.web.media import content_disposition
from services.web.problems import raises
from shared import clock
from shared.database.versions import EditedMeanwhile
from shared.errors import Invalid, NotFound
from shared.exports.targets_template import workbook
from shared.people.person import Act, Person
from shared.programmes import operations, queries, reading, sheets, targets
from shared.programmes.models import Programme
from shared.programmes.operations import RoundFrozen, SlugDiffers
from shared.programmes.queries import ProgrammeUnknown
from shared.programmes.reading import ProgrammeInvalid
from shared.programmes.sheets import TableTooLarge, TableUnreadable
from shared.programmes.targets import TargetsInvalid
from shared.stages import saving
from shared.stages.saving import Saved
from shared.stages.sharing import PrefixInUse
from shared.stages.stranding import FiledWorkStranded

router = APIRouter(prefix="/programmes", tags=["programmes"])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The workbook.", "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
}
LONGEST_VERSION = 9
"""Digits."""


class VersionUnclear(Invalid):
    """If-Match names a version as reading the programme does."""

    th = "อ่านเลขฉบับจาก If-Match ไม่ได้: {version} โปรดส่งค่า ETag ที่ได้จากการอ่านโครงการ"
    en = "If-Match names no version: {version}. Please send the ETag that reading the programme gave."


class VersionUnknown(NotFound):
    """The document was never saved under this number."""

    th = "ไม่มีเอกสารโครงการฉบับที่ {version} ฉบับล่าสุดคือ {last}"
    en = "There is no version {version} of the document. The last is {last}."


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
@raises(
    NotAllowed,
    ProgrammeInvalid,
    ProgrammeUnknown,
    SlugDiffers,
    RoundFrozen,
    EditedMeanwhile,
    FiledWorkStranded,
    PrefixInUse,
    VersionUnclear,
)
async def load_programme(
    slug: str,
    request: Request,
    response: Response,
    session: Transaction,
    person: Asking,
    version: Annotated[int | None, Query(ge=0)] = None,
    if_match: Annotated[str | None, Header()] = None,
) -> LoadedProgramme:
    """Make a programme from its file (YAML or JSON), or give it a new version; the same again changes nothing.

    `version`, or the ETag of reading it as `If-Match`, is the one that was edited: where somebody else has saved meanwhile, 409 shows both
    documents and nothing is saved. Without either it is saved over whatever is there.
    """
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > reading.LONGEST:
            break
    began_from = version if version is not None else _version_of(if_match)
    saved = await run_in_threadpool(_load, session, slug, bytes(content), person, began_from)
    response.status_code = 201 if saved.changed and saved.programme.version == 1 else 200
    response.headers["ETag"] = _etag(saved.programme)
    return LoadedProgramme.of(saved.programme, changed=saved.changed, filings_moved=saved.filings)


@router.get("/{slug}", response_model=ProgrammeWithResults | ProgrammeView)
@raises()
def read_programme(programme: ThisProgramme, session: Transaction, person: Asking, response: Response) -> ProgrammeView:
    """Return a programme and how far it is: what the asking person may see of it, counted. Its ETag names the version of its document."""
    response.headers["ETag"] = _etag(programme)
    return programme_view(session, programme, person, now=clock.now())


@router.get("/{slug}/versions")
@raises(NotAllowed)
def list_versions(programme: ThisProgramme, session: Transaction, person: Asking) -> DocumentVersionList:
    """Return who saved which version of the document when, the newest first."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    return DocumentVersionList(versions=[DocumentVersion.of(one) for one in queries.versions(session, programme.id)])


@router.get("/{slug}/versions/{version}")
@raises(NotAllowed, VersionUnknown)
def read_version(version: int, programme: ThisProgramme, session: Transaction, person: Asking) -> DocumentVersionView:
    """Return a version of the document as it was saved."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    found = next((one for one in queries.versions(session, programme.id) if one.version == version), None)
    if found is None:
        raise VersionUnknown(version=version, last=programme.version)
    return DocumentVersionView.of(found, definition=found.document)


@router.get("/{slug}/targets-template.xlsx", response_class=Response, responses=TEMPLATE)
@raises(NotAllowed)
def targets_template(programme: ThisProgramme, person: Asking) -> Response:
    """Return the table that target groups are imported from, empty: a column for each question of the programme's form of an applicant."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    headers = {
        "Content-Disposition": content_disposition(f"{programme.slug}-targets.xlsx", inline=False),
        "Cache-Control": "private, no-store",
    }
    return Response(workbook(programme.definition), media_type=XLSX, headers=headers)


@router.post("/{slug}/targets")
@raises(NotAllowed, TableTooLarge, TableUnreadable, TargetsInvalid)
def import_targets(
    programme: ThisProgramme, file: UploadFile, session: Transaction, person: Asking, dry_run: bool = False
) -> TargetsImport:
    """Import target groups from xlsx, ods or csv; with `dry_run` only say what would happen. All faults of a table come at once."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    rows = targets.read(file.file.read(sheets.LARGEST + 1), programme.definition)
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


def _load(session: Session, slug: str, content: bytes, person: Person, began_from: int | None) -> Saved:
    require(person, Act.MANAGE_PROGRAMME)
    definition = reading.read(content)
    return saving.save(session, definition, began_from=began_from, by=person.actor, now=clock.now(), slug=slug, seen=manages(person))


def _etag(programme: Programme) -> str:
    return f'"{programme.version}"'


def _version_of(if_match: str | None) -> int | None:
    """Return the version that an If-Match header names; `*` names none. Raises VersionUnclear."""
    if if_match is None or if_match.strip() == "*":
        return None
    written = if_match.strip().removeprefix("W/").strip('"')
    if not written.isascii() or not written.isdecimal() or len(written) > LONGEST_VERSION:
        raise VersionUnclear(version=if_match[:40])
    return int(written)
