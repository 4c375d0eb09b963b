"""One item's file as a plain multipart form, for curl and for browsers without JavaScript. Streamed like any other upload."""

from collections.abc import AsyncIterator
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse

from services.intake.access import NotYoursToFile, StageNeeded, count_begun, filing_of
from services.intake.starting import start_upload
from services.intake.tus.lease import ReleaseRequest
from services.intake.tus.memory import TooManyUploads
from services.intake.tus.protocol import MoreThanAnnounced
from services.intake.tus.receiving import Receiver
from services.intake.tus.server import Server, UploadServer
from services.intake.tus.streaming import Stopped, body_of
from services.people.identity import Asking
from services.web.answers import Answer
from services.web.audience import is_person
from services.web.limits import AskedTooOften
from services.web.problems import raises
from services.web.threads import in_autocommit, in_thread, in_transaction
from shared import clock
from shared.errors import Invalid, Refusal
from shared.events import Actor
from shared.people.person import Act, Person
from shared.storage import StoreUnavailable
from shared.submissions.filings.asking import AlreadyHandedIn, DeadlinePassed, FilingEnded
from shared.submissions.filings.context import FilingUnknown
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Upload
from shared.submissions.operations import SubmissionOut
from shared.submissions.queries import SubmissionUnknown
from shared.submissions.uploads import finishing, writing
from shared.submissions.uploads.beginning import FileEmpty, FileTooLarge, ItemUnknown, TooManyFiles, UnfinishedQuotaReached, too_large_facts
from shared.submissions.uploads.writing import TakenOver

router = APIRouter(prefix="/submissions", tags=["uploads"])

FORM = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
"""The form, for OpenAPI."""
FORM_OVERHEAD = 64 * 1024
"""Bytes of a form that are not the file: boundaries, headers, other fields."""
ESCAPES = (("%22", '"'), ("%0D", "\r"), ("%0A", "\n"))
"""How browsers escape these characters in a file's name (HTML, section 4.10.21.8); they do not escape `%` itself."""


class FileFieldNeeded(Invalid):
    """The form has no field `file`."""

    th = "ไม่พบไฟล์ในแบบฟอร์ม โปรดเลือกไฟล์แล้วส่งอีกครั้ง"
    en = "The form has no file: send multipart/form-data with the field `file`."


class ConnectionLost(Invalid):
    """The connection ended before the form did."""

    th = "การเชื่อมต่อขาดก่อนส่งไฟล์ครบ โปรดส่งอีกครั้ง"
    en = "The connection ended before the whole file had come. Please send it again."


class SentFile(Answer):
    """The upload that a form made: its id, and the digest and size of what has arrived."""

    upload: UUID
    sha256: str | None
    size_bytes: int


class _Form:
    """Parses a multipart form piece by piece, and returns the bytes of its field `file` as they come."""

    def __init__(self, content_type: str) -> None:
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or b"boundary" not in options:
            raise FileFieldNeeded
        self.filename: str | None = None
        self.is_complete = False
        self._ready: list[bytes] = []
        self._header: dict[str, bytearray] = {"name": bytearray(), "value": bytearray()}
        self._in_file = False
        self._parser = MultipartParser(
            options[b"boundary"],
            {
                "on_part_begin": self._part_begins,
                "on_header_field": lambda data, start, end: self._header["name"].extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._header["value"].extend(data[start:end]),
                "on_header_end": self._header_ends,
                "on_part_data": self._part_data,
                "on_end": self._ends,
            },
        )

    def feed(self, chunk: bytes) -> list[bytes]:
        """Return the file's bytes in `chunk`. Raises FileFieldNeeded when the form is malformed."""
        try:
            self._parser.write(chunk)
        except MultipartParseError as error:
            raise FileFieldNeeded from error
        ready, self._ready = self._ready, []
        return ready

    def _part_begins(self) -> None:
        self._in_file = False

    def _header_ends(self) -> None:
        name, value = bytes(self._header["name"]).lower(), bytes(self._header["value"])
        self._header = {"name": bytearray(), "value": bytearray()}
        if name != b"content-disposition":
            return
        _, options = parse_options_header(value)
        if options.get(b"name") == b"file" and self.filename is None:
            self._in_file = True
            self.filename = options.get(b"filename", b"file").decode(errors="replace")
            for escaped, letter in ESCAPES:
                self.filename = self.filename.replace(escaped, letter)

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._in_file:
            self._ready.append(data[start:end])

    def _ends(self) -> None:
        self.is_complete = True


@router.post(
    "/{submission_id}/items/{kind}",
    status_code=201,
    response_model=SentFile,
    openapi_extra={"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": FORM}}}},
)
@raises(
    AlreadyHandedIn,
    AskedTooOften,
    ConnectionLost,
    DeadlinePassed,
    FileEmpty,
    FileFieldNeeded,
    FileTooLarge,
    FilingEnded,
    FilingUnknown,
    ItemUnknown,
    NotYoursToFile,
    StageNeeded,
    StoreUnavailable,
    SubmissionOut,
    SubmissionUnknown,
    TakenOver,
    TooManyFiles,
    TooManyUploads,
    UnfinishedQuotaReached,
)
async def send_item(
    request: Request, server: Server, submission_id: UUID, kind: str, person: Asking, stage: str | None = None
) -> SentFile | RedirectResponse:
    """Upload one item's file as the form field `file`; a browser is redirected to its page.

    Without a stage it is of the only filing that is open to the caller; with several, 409 `stage_needed` lists them.
    """
    announced = int(request.headers.get("content-length") or 0)
    form = _Form(request.headers.get("content-type", ""))
    pieces = _pieces(request, form)
    try:
        first = await anext(pieces, None)
        if not form.filename:
            raise FileFieldNeeded
        if first is None:
            raise FileEmpty
        await in_thread(count_begun, request)
        with server.memory.connection():
            begun = await in_transaction(
                _start, person=person, submission_id=submission_id, stage=stage, kind=kind, filename=form.filename, announced=announced
            )
            upload = await _receive(server, begun, form, pieces, first, by=person.actor)
    except Stopped as stopped:
        raise ConnectionLost from stopped
    if is_person(request):
        return RedirectResponse(f"/s/submissions/{submission_id}" + (f"/stages/{quote(stage, safe='')}" if stage else ""), 303)
    return SentFile(upload=upload.id, sha256=upload.sha256, size_bytes=upload.size_bytes)


async def _receive(server: UploadServer, begun: Upload, form: _Form, pieces: AsyncIterator[bytes], first: bytes, *, by: Actor) -> Upload:
    """Receive the whole file, or end the upload. Raises Stopped, ConnectionLost, FileTooLarge, TakenOver, StoreUnavailable."""
    try:
        async with server.leases.lease(begun.id) as (lease, _):
            receiver = Receiver(lease, server.memory)
            try:
                await receiver.write(first)
                async for piece in pieces:
                    await receiver.write(piece)
                if not form.is_complete:
                    raise ConnectionLost
                await in_autocommit(writing.set_size, lease, receiver.offset)
                await receiver.close()
            finally:
                receiver.discard()
    except (Stopped, Refusal) as error:
        await in_transaction(_terminate, upload_id=begun.id, by=by)
        if isinstance(error, MoreThanAnnounced):
            raise FileTooLarge(**too_large_facts(begun.size_bytes + 1, begun.size_bytes)) from error
        raise
    return await in_transaction(lambda session: session.get_one(Upload, begun.id))


async def _pieces(request: Request, form: _Form) -> AsyncIterator[bytes]:
    """Yield the file's bytes of a form as they come. Raises Stopped, FileFieldNeeded."""
    async for chunk in body_of(request, ReleaseRequest()):
        for piece in form.feed(chunk):
            yield piece


def _start(session: Session, *, person: Person, submission_id: UUID, stage: str | None, kind: str, filename: str, announced: int) -> Upload:
    """Begin an upload of the form's size, a little more than the file's; of the item's limit if that is less or no size was announced."""
    of = filing_of(session, person, submission_id, stage=stage, act=Act.UPLOAD, now=clock.now(), lock=True)
    item = of.form.item(kind)
    limit = item.max_bytes if item else announced
    is_too_large = announced > limit + FORM_OVERHEAD
    size_bytes = announced if is_too_large else min(announced or limit, limit)
    return start_upload(session, of, kind=kind, filename=filename, size_bytes=size_bytes, by=person)


def _terminate(session: Session, *, upload_id: UUID, by: Actor) -> None:
    """End the upload if it is still being received."""
    upload = session.get_one(Upload, upload_id, populate_existing=True)
    if upload.status == UploadStatus.RECEIVING:
        finishing.end(session, upload, to=UploadStatus.TERMINATED, by=by, now=clock.now())
