"""Uploads by tus 1.0.0: creation, creation-with-upload, termination, expiration, checksum."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from services.intake.access import NotYoursToFile, StageNeeded, count_begun, filing_of, upload_of
from services.intake.starting import start_upload
from services.intake.tus import protocol, streaming
from services.intake.tus.authorisation_cache import Authorisation
from services.intake.tus.memory import TooManyUploads
from services.intake.tus.protocol import RESUMABLE, http_date
from services.intake.tus.route import TusRoute
from services.intake.tus.server import Server
from services.people.identity import token_of
from services.web import errors
from services.web.limits import AskedTooOften
from services.web.problems import raises
from services.web.threads import in_thread, in_transaction
from shared import clock
from shared.errors import Refusal, Unauthenticated
from shared.people import queries as people
from shared.people.person import Act, Person
from shared.settings import secret_key
from shared.storage import StoreUnavailable, store
from shared.submissions.filings.asking import AlreadyHandedIn, DeadlinePassed, FilingEnded
from shared.submissions.filings.context import FilingContext, FilingUnknown
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Upload
from shared.submissions.operations import SubmissionOut
from shared.submissions.queries import SubmissionUnknown, UploadUnknown
from shared.submissions.sheet import ARRIVED
from shared.submissions.uploads import finishing
from shared.submissions.uploads.beginning import FileEmpty, FileTooLarge, ItemUnknown, TooManyFiles, UnfinishedQuotaReached
from shared.submissions.uploads.writing import TakenOver, UploadGone

log = structlog.get_logger(__name__)
router = APIRouter(prefix="/uploads", tags=["uploads"], route_class=TusRoute)


async def _upload_id(upload_id: str) -> UUID:  # async: what only reads the path needs no thread
    """Parse the upload id from the path; a malformed id is answered like an unknown upload. Raises UploadUnknown."""
    try:
        return UUID(upload_id)
    except ValueError as error:
        raise UploadUnknown from error


BYTES = {"requestBody": {"content": {protocol.CONTENT_TYPE: {"schema": {"type": "string", "format": "binary"}}}}}
UploadId = Annotated[UUID, Depends(_upload_id)]

NOBODY = (Unauthenticated, people.LinkNotValid)
NOT_STARTED = (
    AlreadyHandedIn,
    DeadlinePassed,
    FileEmpty,
    FileTooLarge,
    FilingEnded,
    FilingUnknown,
    ItemUnknown,
    NotYoursToFile,
    StageNeeded,
    SubmissionOut,
    TooManyFiles,
    UnfinishedQuotaReached,
)
NOT_RECEIVED = (
    protocol.ChecksumMismatch,
    protocol.ChecksumNotSupported,
    protocol.ChunkTooLargeForChecksum,
    protocol.ContentTypeNotSupported,
    protocol.MoreThanAnnounced,
    protocol.OffsetMismatch,
    StoreUnavailable,
    TakenOver,
    TooManyUploads,
    UploadGone,
    UploadUnknown,
)


@router.options("", status_code=204)
@raises()
async def options() -> Response:
    """Return the version and the extensions of tus that this server supports."""
    headers = {
        "Tus-Version": protocol.VERSION,
        "Tus-Extension": protocol.EXTENSIONS,
        "Tus-Checksum-Algorithm": ",".join(protocol.CHECKSUMS),
    }
    return Response(status_code=204, headers=RESUMABLE | headers)


@router.options("/{upload_id}", status_code=204)
@raises()
async def options_of_one(upload_id: str) -> Response:
    """Return the same as for all uploads."""
    return await options()


@router.post("", status_code=201, response_class=Response)
@raises(
    *NOBODY,
    *NOT_STARTED,
    *NOT_RECEIVED,
    AskedTooOften,
    SubmissionUnknown,
    protocol.LengthNeeded,
    protocol.MetadataInvalid,
    protocol.VersionNotSupported,
)
async def create(request: Request, server: Server) -> Response:
    """Begin an upload, and write the first bytes if the request has a body."""
    protocol.require_version(request)
    size = protocol.number(request, "upload-length")
    if size is None:
        raise protocol.LengthNeeded
    metadata = protocol.metadata(request)
    with_bytes = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
    if with_bytes:
        protocol.require_content_type(request)
    checksum = protocol.checksum(request) if with_bytes else None
    await in_thread(count_begun, request)
    upload = await in_transaction(_start, request=request, size_bytes=size, metadata=metadata)
    headers = RESUMABLE | {"Location": f"/api/intake/uploads/{upload.id}", "Upload-Expires": http_date(upload.expires_at)}
    if with_bytes:
        offset = await streaming.receive(request, server, upload.id, offset=0, checksum=checksum)
        headers["Upload-Offset"] = str(offset)
    return Response(status_code=201, headers=headers)


@router.post("/{upload_id}", include_in_schema=False)
async def overridden(request: Request, server: Server, upload_id: UploadId) -> Response:
    """Do what X-HTTP-Method-Override says, for clients that cannot use its method (tus 1.0.0, core protocol)."""
    methods = {"PATCH": patch, "HEAD": head, "DELETE": terminate}
    method = methods.get(request.headers.get("x-http-method-override", "").upper())
    if method is None:
        return errors.answer(request, errors.MethodNotAllowed(), HTTPStatus.METHOD_NOT_ALLOWED)
    return await method(request, server, upload_id)


@router.head("/{upload_id}", response_class=Response)
@raises(*NOBODY, TakenOver, UploadGone, UploadUnknown, protocol.VersionNotSupported)
async def head(request: Request, server: Server, upload_id: UploadId) -> Response:
    """Return how many bytes of an upload are durable; a connection that still writes it is ended first."""
    protocol.require_version(request)
    server.authorisations.forget(token_of(request), upload_id)
    upload, _ = await in_transaction(_mine, request=request, upload_id=upload_id)
    offset = upload.offset_bytes if upload.lease_token is None else await streaming.durable_offset(server, upload_id)
    headers = {
        "Upload-Offset": str(offset),
        "Upload-Length": str(upload.size_bytes),
        "Upload-Metadata": protocol.metadata_of(upload),
        "Upload-Expires": http_date(upload.expires_at),
        "Cache-Control": "no-store",
    }
    return Response(headers=RESUMABLE | headers)


@router.patch("/{upload_id}", status_code=204, openapi_extra=BYTES)
@raises(*NOBODY, *NOT_RECEIVED, DeadlinePassed, protocol.OffsetNeeded, protocol.VersionNotSupported)
async def patch(request: Request, server: Server, upload_id: UploadId) -> Response:
    """Write bytes at the upload's offset."""
    protocol.require_version(request)
    protocol.require_content_type(request)
    offset = protocol.number(request, "upload-offset")
    if offset is None:
        raise protocol.OffsetNeeded
    token, cache = token_of(request), server.authorisations
    authorisation = cache.find(token, upload_id, now=clock.now())
    if authorisation is None:
        upload, found = await in_transaction(_writable, request=request, upload_id=upload_id)
        if upload.status in ARRIVED:
            if offset != upload.size_bytes:
                raise protocol.OffsetMismatch(offset=upload.size_bytes)
            return Response(status_code=204, headers=RESUMABLE | {"Upload-Offset": str(offset)})
        authorisation = found
        cache.add(token, upload_id, authorisation)
    try:
        now_at = await streaming.receive(request, server, upload_id, offset=offset, checksum=protocol.checksum(request))
    except Refusal:
        cache.forget(token, upload_id)
        raise
    if now_at == authorisation.size_bytes:
        cache.forget(token, upload_id)
    headers = {"Upload-Offset": str(now_at), "Upload-Expires": http_date(authorisation.expires_at)}
    return Response(status_code=204, headers=RESUMABLE | headers)


@router.delete("/{upload_id}", status_code=204)
@raises(*NOBODY, UploadGone, UploadUnknown, protocol.VersionNotSupported)
async def terminate(request: Request, server: Server, upload_id: UploadId) -> Response:
    """End an unfinished upload and delete its bytes."""
    protocol.require_version(request)
    upload = await in_transaction(_terminate, request=request, upload_id=upload_id)
    try:
        await in_thread(finishing.free, store(), upload)
    except StoreUnavailable as error:
        log.warning("parts_left_to_the_sweep", upload=str(upload_id), error=str(error))
    return Response(status_code=204, headers=RESUMABLE)


def _asking(session: Session, request: Request) -> Person:
    token = token_of(request)
    if token is None:
        raise Unauthenticated
    return people.person_of(session, token, now=clock.now(), secret=secret_key())


def _start(session: Session, *, request: Request, size_bytes: int, metadata: dict[str, str]) -> Upload:
    person = _asking(session, request)
    try:
        submission_id = UUID(metadata.get("submission", ""))
    except ValueError as error:
        raise protocol.MetadataInvalid from error
    if not metadata.get("kind") or not metadata.get("filename"):
        raise protocol.MetadataInvalid
    stage = metadata.get("stage") or None
    return start_upload(
        session,
        filing_of(session, person, submission_id, stage=stage, act=Act.UPLOAD, now=clock.now(), lock=True),
        kind=metadata["kind"],
        filename=metadata["filename"],
        filetype=metadata.get("filetype"),
        size_bytes=size_bytes,
        by=person,
    )


def _mine(session: Session, *, request: Request, upload_id: UUID) -> tuple[Upload, FilingContext]:
    """Return an upload that has not ended. Needs the right to write it, because asking for its offset ends a connection that does."""
    upload, of = upload_of(session, _asking(session, request), upload_id, Act.UPLOAD)
    if upload.status in (UploadStatus.TERMINATED, UploadStatus.EXPIRED):
        raise UploadGone
    return upload, of


def _writable(session: Session, *, request: Request, upload_id: UUID) -> tuple[Upload, Authorisation]:
    """Return an upload that may still be written: it was begun before the deadline, and the stage's grace has not passed."""
    upload, of = _mine(session, request=request, upload_id=upload_id)
    if clock.now() > of.finishes:
        raise DeadlinePassed(deadline=of.closes.isoformat())
    return upload, Authorisation(upload.size_bytes, of.finishes, upload.expires_at)


def _terminate(session: Session, *, request: Request, upload_id: UUID) -> Upload:
    person = _asking(session, request)
    upload, _ = upload_of(session, person, upload_id, Act.UPLOAD)
    if upload.status == UploadStatus.EXPIRED:
        raise UploadGone
    if upload.status in ARRIVED:
        raise UploadUnknown
    if upload.status == UploadStatus.RECEIVING:
        finishing.end(session, upload, to=UploadStatus.TERMINATED, by=person.actor, now=clock.now())
    return upload
