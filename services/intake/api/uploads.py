"""Uploads by tus 1.0.0: creation, creation-with-upload, termination, expiration, checksum."""

from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from services.intake.access import count_begun, visible, visible_upload
from services.intake.tus import authorisation_cache, protocol, streaming
from services.intake.tus.authorisation_cache import Pass
from services.intake.tus.lease import in_thread, in_transaction
from services.intake.tus.protocol import RESUMABLE, http_date
from services.web import errors
from services.web.identity import token_of
from services.web.language import language_of
from shared import clock
from shared.errors import Refusal, Unauthenticated
from shared.people import queries as people
from shared.people.person import Act, Person
from shared.programmes.models import Programme
from shared.settings import secret_key, settings
from shared.storage import StoreUnavailable, store
from shared.submissions import queries
from shared.submissions.deadlines import closes_at, finishes_at
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Submission, Upload
from shared.submissions.operations import DeadlinePassed
from shared.submissions.queries import UploadUnknown
from shared.submissions.sheet import ARRIVED
from shared.submissions.uploads import finishing
from shared.submissions.uploads.beginning import begin
from shared.submissions.uploads.writing import UploadGone

log = structlog.get_logger(__name__)
router = APIRouter(prefix="/uploads", tags=["uploads"])


async def _upload_id(upload_id: str) -> UUID:  # async: what only reads the path needs no thread
    """Return the id in the path; what is none names no upload. Raises UploadUnknown."""
    try:
        return UUID(upload_id)
    except ValueError as error:
        raise UploadUnknown from error


BYTES = {"requestBody": {"content": {protocol.CONTENT_TYPE: {"schema": {"type": "string", "format": "binary"}}}}}
UploadId = Annotated[UUID, Depends(_upload_id)]


@router.options("", status_code=204)
async def options() -> Response:
    """What this server can do."""
    headers = {
        "Tus-Version": protocol.VERSION,
        "Tus-Extension": protocol.EXTENSIONS,
        "Tus-Checksum-Algorithm": ",".join(protocol.CHECKSUMS),
    }
    return Response(status_code=204, headers=RESUMABLE | headers)


@router.options("/{upload_id}", status_code=204)
async def options_of_one(upload_id: str) -> Response:
    """The same at every upload's address."""
    return await options()


@router.post("", status_code=201)
async def create(request: Request) -> Response:
    """Begin an upload, with its first bytes if the request has a body."""
    try:
        protocol.require_version(request)
        size = protocol.number(request, "upload-length")
        if size is None:
            raise protocol.LengthNeeded
        metadata = protocol.metadata(request)
        with_bytes = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
        if with_bytes:
            protocol.require_content_type(request)
        checksum = protocol.checksum(request) if with_bytes else None
        await in_thread(partial(count_begun, request))
        upload = await in_transaction(partial(_begin, request=request, size_bytes=size, metadata=metadata))
        headers = RESUMABLE | {"Location": f"/api/intake/uploads/{upload.id}", "Upload-Expires": http_date(upload.expires_at)}
        if with_bytes:
            offset = await streaming.receive(request, upload.id, offset=0, checksum=checksum)
            headers["Upload-Offset"] = str(offset)
        return Response(status_code=201, headers=headers)
    except Refusal as refusal:
        return _refuse(request, refusal)
    except streaming.Stopped as stopped:
        return _stopped(stopped)


@router.post("/{upload_id}", include_in_schema=False)
async def overridden(request: Request, upload_id: UploadId) -> Response:
    """Do what X-HTTP-Method-Override says, for senders that can not use its method (tus 1.0.0, core protocol)."""
    methods = {"PATCH": patch, "HEAD": head, "DELETE": terminate}
    method = methods.get(request.headers.get("x-http-method-override", "").upper())
    return await method(request, upload_id) if method else errors.answer(request, errors.MethodNotAllowed(), HTTPStatus.METHOD_NOT_ALLOWED)


@router.head("/{upload_id}")
async def head(request: Request, upload_id: UploadId) -> Response:
    """How much of an upload is durable; a connection that still writes it ends first."""
    try:
        protocol.require_version(request)
        authorisation_cache.take_back(token_of(request), upload_id)
        upload, _, _ = await in_transaction(partial(_mine, request=request, upload_id=upload_id))
        offset = upload.offset_bytes if upload.lease_token is None else await streaming.durable_offset(upload_id)
        headers = {
            "Upload-Offset": str(offset),
            "Upload-Length": str(upload.size_bytes),
            "Upload-Metadata": protocol.metadata_of(upload),
            "Upload-Expires": http_date(upload.expires_at),
            "Cache-Control": "no-store",
        }
        return Response(headers=RESUMABLE | headers)
    except Refusal as refusal:
        return _refuse(request, refusal)


@router.patch("/{upload_id}", status_code=204, openapi_extra=BYTES)
async def patch(request: Request, upload_id: UploadId) -> Response:
    """Take bytes at the upload's offset."""
    try:
        protocol.require_version(request)
        protocol.require_content_type(request)
        offset = protocol.number(request, "upload-offset")
        if offset is None:
            raise protocol.OffsetNeeded
        token = token_of(request)
        allowed = authorisation_cache.given(token, upload_id, now=clock.now())
        if allowed is None:
            upload, found = await in_transaction(partial(_writable, request=request, upload_id=upload_id))
            if upload.status in ARRIVED:
                if offset != upload.size_bytes:
                    raise protocol.OffsetMismatch(offset=upload.size_bytes)
                return Response(status_code=204, headers=RESUMABLE | {"Upload-Offset": str(offset)})
            allowed = found
            authorisation_cache.give(token, upload_id, allowed)
        return await _take(request, upload_id, offset=offset, allowed=allowed)
    except Refusal as refusal:
        return _refuse(request, refusal)
    except streaming.Stopped as stopped:
        return _stopped(stopped)


@router.delete("/{upload_id}", status_code=204)
async def terminate(request: Request, upload_id: UploadId) -> Response:
    """Give an unfinished upload up and free its bytes."""
    try:
        protocol.require_version(request)
        upload = await in_transaction(partial(_terminate, request=request, upload_id=upload_id))
        try:
            await in_thread(partial(finishing.free, store(), upload))
        except StoreUnavailable as error:
            log.warning("parts_left_to_the_sweep", upload=str(upload_id), error=str(error))
        return Response(status_code=204, headers=RESUMABLE)
    except Refusal as refusal:
        return _refuse(request, refusal)


async def _take(request: Request, upload_id: UUID, *, offset: int, allowed: Pass) -> Response:
    try:
        now_at = await streaming.receive(request, upload_id, offset=offset, checksum=protocol.checksum(request))
    except Refusal:
        authorisation_cache.take_back(token_of(request), upload_id)
        raise
    if now_at == allowed.size_bytes:
        authorisation_cache.take_back(token_of(request), upload_id)
    headers = {"Upload-Offset": str(now_at), "Upload-Expires": http_date(allowed.expires_at)}
    return Response(status_code=204, headers=RESUMABLE | headers)


def _asking(session: Session, request: Request) -> Person:
    token = token_of(request)
    if token is None:
        raise Unauthenticated
    return people.person_of(session, token, now=clock.now(), secret=secret_key())


def _begin(session: Session, *, request: Request, size_bytes: int, metadata: dict[str, str]) -> Upload:
    person = _asking(session, request)
    try:
        submission_id = UUID(metadata.get("submission", ""))
    except ValueError as error:
        raise protocol.MetadataInvalid from error
    if not metadata.get("kind") or not metadata.get("filename"):
        raise protocol.MetadataInvalid
    _, _, programme = visible(session, person, submission_id, Act.UPLOAD)
    return begin(
        session,
        queries.submission(session, submission_id, lock=True),
        definition=programme.definition,
        kind=metadata["kind"],
        filename=metadata["filename"],
        filetype=metadata.get("filetype"),
        size_bytes=size_bytes,
        part_bytes=settings().upload_part_bytes,
        expires_after=timedelta(hours=settings().upload_expiry_hours),
        by=person.actor,
        now=clock.now(),
    )


def _mine(session: Session, *, request: Request, upload_id: UUID) -> tuple[Upload, Submission, Programme]:
    """Return an upload that has not ended, to those who may send it: also to ask how far it is ends a connection that writes it."""
    upload, submission, programme = visible_upload(session, _asking(session, request), upload_id, Act.UPLOAD)
    if upload.status in (UploadStatus.TERMINATED, UploadStatus.EXPIRED):
        raise UploadGone
    return upload, submission, programme


def _writable(session: Session, *, request: Request, upload_id: UUID) -> tuple[Upload, Pass]:
    """Return an upload that may still grow: begun before the deadline, and within the programme's grace."""
    upload, submission, programme = _mine(session, request=request, upload_id=upload_id)
    definition = programme.definition
    closes = closes_at(definition, submitted_at=submission.submitted_at, returned_at=submission.returned_at)
    until = finishes_at(definition, closes)
    if clock.now() > until:
        raise DeadlinePassed(deadline=closes.isoformat())
    return upload, Pass(upload.size_bytes, until, upload.expires_at)


def _terminate(session: Session, *, request: Request, upload_id: UUID) -> Upload:
    person = _asking(session, request)
    upload, _, _ = visible_upload(session, person, upload_id, Act.UPLOAD)
    if upload.status == UploadStatus.EXPIRED:
        raise UploadGone
    if upload.status in ARRIVED:
        raise UploadUnknown
    if upload.status == UploadStatus.RECEIVING:
        finishing.end(session, upload, to=UploadStatus.TERMINATED, by=person.actor, now=clock.now())
    return upload


def _refuse(request: Request, refusal: Refusal) -> Response:
    status = protocol.STATUS.get(type(refusal), errors.status_of(refusal))
    headers = RESUMABLE | errors.retry_after(refusal)
    if isinstance(refusal, protocol.VersionNotSupported):
        headers["Tus-Version"] = protocol.VERSION
    return errors.problem(refusal, status, language_of(request), headers)


def _stopped(stopped: streaming.Stopped) -> Response:
    """Answer a connection that is not served to its end; mostly nobody is there to read it."""
    log.info("upload_stopped", why=str(stopped))
    return Response(status_code=408, headers=RESUMABLE | {"Connection": "close"})
