"""From a refusal to an answer: RFC 9457 problem documents for programs, pages for people. The one table of kinds and statuses."""

from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urlsplit

import structlog
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from services.web.audience import is_person
from services.web.language import language_of
from services.web.templates import Page, show
from shared import errors
from shared.errors import Refusal
from shared.text import Text

log = structlog.get_logger(__name__)

TITLES = {int(status): status.phrase for status in HTTPStatus}
RETRY_SECONDS = "5"


class InvalidRequest(errors.Invalid):
    """Fields of the request are missing or of the wrong form."""

    th = "ข้อมูลที่ส่งมาไม่ครบหรือไม่ถูกต้อง: {fields}"
    en = "Something that was sent is missing or not valid: {fields}"


class TextNotStorable(errors.Invalid):
    """A text or number that the database cannot hold, as a NUL character."""

    th = "มีอักขระหรือตัวเลขที่ระบบเก็บไม่ได้ โปรดพิมพ์ใหม่แทนการวาง"
    en = "Something that was sent holds characters or numbers that cannot be kept. Please type it instead of pasting it."


class MethodNotAllowed(Refusal):
    """This address does not take this method."""

    th = "ที่อยู่นี้ไม่รองรับคำสั่งแบบนี้"
    en = "This address does not take that method."


class Unexpected(Refusal):
    """A fault of ours; the number finds it in the logs."""

    th = "ระบบขัดข้อง ข้อมูลที่ส่งไว้แล้วไม่สูญหาย โปรดลองใหม่ หากยังไม่ได้โปรดแจ้งหมายเลข {request_id}"
    en = "Something went wrong on our side; what you sent before is kept. Please try again, or tell us the number {request_id}."


STATUS: tuple[tuple[type[Refusal], HTTPStatus], ...] = (
    (errors.NotFound, HTTPStatus.NOT_FOUND),
    (errors.Unauthenticated, HTTPStatus.UNAUTHORIZED),
    (errors.Forbidden, HTTPStatus.FORBIDDEN),
    (errors.Conflict, HTTPStatus.CONFLICT),
    (errors.Gone, HTTPStatus.GONE),
    (errors.TooMany, HTTPStatus.TOO_MANY_REQUESTS),
    (errors.TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (errors.Invalid, HTTPStatus.UNPROCESSABLE_ENTITY),
    (errors.Unavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (MethodNotAllowed, HTTPStatus.METHOD_NOT_ALLOWED),
    (Unexpected, HTTPStatus.INTERNAL_SERVER_ERROR),
    (Refusal, HTTPStatus.BAD_REQUEST),
)


class ErrorPage(Page):
    """A refusal for people: the sentence, how operators find it, and the way back."""

    template: ClassVar = "error.html"
    detail: Text
    code: str
    status: int
    request_id: str
    back: str


def status_of(refusal: Refusal) -> HTTPStatus:
    """Return the HTTP status of a refusal's kind."""
    return status_of_kind(type(refusal))


def status_of_kind(refusal: type[Refusal]) -> HTTPStatus:
    """Return the HTTP status of a class of refusals."""
    return next(status for kind, status in STATUS if issubclass(refusal, kind))


def answer(request: Request, refusal: Refusal, status: HTTPStatus | None = None, headers: dict[str, str] | None = None) -> Response:
    """Return a refusal as a problem document, or as a page for people."""
    status = status or status_of(refusal)
    headers = {**retry_after(refusal), **(headers or {})}
    if not is_person(request):
        return problem(refusal, status, language_of(request), headers)
    if status == HTTPStatus.UNAUTHORIZED and request.method == "GET" and not request.url.path.startswith("/s/"):
        return RedirectResponse(f"/sign-in?next={request.url.path}", HTTPStatus.SEE_OTHER)
    page = ErrorPage(
        detail=Text(refusal.detail("th"), refusal.detail("en")),
        code=refusal.code,
        status=int(status),
        request_id=request.state.request_id,
        back=_back(request),
    )
    return show(request, page, status_code=status, headers=headers)


def retry_after(refusal: Refusal) -> dict[str, str]:
    """Return when to come again, as a header, for a refusal that is over by itself."""
    if isinstance(refusal, errors.TooMany):
        return {"Retry-After": str(refusal.facts["retry_seconds"])}
    return {"Retry-After": RETRY_SECONDS} if isinstance(refusal, errors.Unavailable) else {}


def _back(request: Request) -> str:
    """Return the page a person came from, if it is one of ours."""
    referer = request.headers.get("referer", "")
    return referer if urlsplit(referer).netloc == request.headers.get("host") else "/"


def problem(refusal: Refusal, status: int, language: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return a problem document: its `code` is stable, `detail` is for people, the refusal's facts are extension members."""
    document: dict[str, Any] = {
        **jsonable_encoder(refusal.facts),
        "type": "about:blank",
        "title": TITLES.get(status, type(refusal).__name__),
        "status": int(status),
        "code": refusal.code,
        "detail": refusal.detail(language),
        "detail_th": refusal.detail("th"),
        "detail_en": refusal.detail("en"),
    }
    return JSONResponse(document, status, headers=headers, media_type="application/problem+json")


def unexpected(request: Request, error: Exception) -> Response:
    """Return a fault of ours as an answer, and note it in full in the log."""
    log.error("unexpected", path=request.url.path, exc_info=error)
    return answer(request, Unexpected(request_id=request.state.request_id))


def install(app: FastAPI) -> None:
    """Answer every refusal of `app` by the table above."""

    @app.exception_handler(Refusal)
    async def _refused(request: Request, refusal: Refusal) -> Response:
        return answer(request, refusal)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        problems = [{"field": ".".join(map(str, found["loc"])), "message": found["msg"]} for found in error.errors()]
        return answer(request, InvalidRequest(fields=", ".join(found["field"] for found in problems), errors=problems))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        refusal: Refusal = MethodNotAllowed() if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED else errors.NotFound()
        if error.status_code not in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
            refusal = Refusal()
        return answer(request, refusal, HTTPStatus(error.status_code), dict(error.headers or {}))

    @app.exception_handler(DataError)
    async def _not_text(request: Request, error: DataError) -> Response:
        log.info("data_refused_by_database", path=request.url.path, error=str(error.orig))
        return answer(request, TextNotStorable())
