"""Every refusal that leaves a route of tus: its status and headers, in one table."""

from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from services.intake import access
from services.intake.tus import memory, protocol
from services.intake.tus.route import TusRoute
from services.intake.tus.streaming import Stopped
from services.web import limits
from shared import errors
from shared.errors import Refusal
from shared.storage import s3
from shared.submissions import operations, queries
from shared.submissions.filings import asking, context
from shared.submissions.uploads import beginning, writing

TUS_STATUS: dict[type[Refusal], int] = {
    protocol.VersionNotSupported: 412,
    protocol.ContentTypeNotSupported: 415,
    protocol.ChecksumMismatch: 460,
    protocol.ChecksumNotSupported: 400,
    protocol.OffsetMismatch: 409,
    protocol.OffsetNeeded: 400,
    protocol.LengthNeeded: 422,
    protocol.MetadataInvalid: 422,
    protocol.MoreThanAnnounced: 413,
    protocol.ChunkTooLargeForChecksum: 413,
    memory.TooManyUploads: 503,
    writing.TakenOver: 409,
    writing.UploadGone: 410,
    beginning.ItemUnknown: 422,
    beginning.FileEmpty: 422,
    beginning.FileTooLarge: 413,
    beginning.TooManyFiles: 409,
    beginning.UnfinishedQuotaReached: 409,
    asking.DeadlinePassed: 409,
    asking.AlreadyHandedIn: 409,
    asking.FilingEnded: 409,
    operations.SubmissionOut: 409,
    context.FilingUnknown: 404,
    access.StageNeeded: 409,
    access.NotYoursToFile: 403,
    queries.UploadUnknown: 404,
    queries.SubmissionUnknown: 404,
    errors.Unauthenticated: 401,
    limits.AskedTooOften: 429,
    s3.StoreUnavailable: 503,
    s3.ObjectMissing: 404,
}
MODULES = (protocol, memory, writing, beginning)
"""Of these every refusal has to be in the table."""
RETRY_AFTER = {503: "5", 429: "7"}
FACTS: dict[str, Any] = dict.fromkeys(
    ("algorithms", "deadline", "expected", "kind", "kinds", "limit", "limit_bytes", "limit_mb", "names", "offset", "reference",
     "size_bytes", "size_mb", "stage", "stage_en", "stage_th", "status", "used_mb", "version"), "x",
) | {"retry_seconds": 7}  # fmt: skip


def answer(error: Exception) -> Any:
    router = APIRouter(route_class=TusRoute)

    @router.post("/")
    async def refuse() -> None:
        raise error

    app = FastAPI()
    app.include_router(router)
    return TestClient(app).post("/", headers={"Accept": "text/html"})


def test_no_refusal_of_these_modules_is_forgotten() -> None:
    found = {kind for module in MODULES for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Refusal)}
    assert {kind for kind in found if kind.__module__ != errors.__name__} <= set(TUS_STATUS)


@pytest.mark.parametrize(("kind", "status"), TUS_STATUS.items(), ids=lambda value: getattr(value, "__name__", None))
def test_refusal_is_a_problem_document_with_the_headers_of_tus(kind: type[Refusal], status: int) -> None:
    said = answer(kind(**FACTS))
    assert (said.status_code, said.headers["content-type"], said.headers["tus-resumable"]) == (status, "application/problem+json", "1.0.0")
    assert (said.json()["code"], said.json()["status"]) == (kind(**FACTS).code, status)
    assert said.headers.get("retry-after") == RETRY_AFTER.get(status)
    assert said.headers.get("tus-version") == ("1.0.0" if kind is protocol.VersionNotSupported else None)


def test_connection_that_was_stopped_is_408_and_closed() -> None:
    said = answer(Stopped("silent"))
    assert (said.status_code, said.headers["connection"], said.headers["tus-resumable"]) == (408, "close", "1.0.0")


def test_fault_of_ours_is_no_refusal() -> None:
    with pytest.raises(ZeroDivisionError):
        answer(ZeroDivisionError())
