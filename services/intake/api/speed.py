"""Discards a few bytes, so that a phone can measure how fast it sends and say how long a clip will take."""

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.people.identity import token_of
from services.web import limits
from services.web.problems import raises
from services.web.threads import in_thread, in_transaction
from shared import clock
from shared.errors import Invalid, TooLarge, Unauthenticated
from shared.people import queries as people
from shared.settings import secret_key, settings

router = APIRouter(tags=["uploads"])

LIMIT_BYTES = 64 * 1024
LIMIT_SECONDS = 30.0

BYTES = {"requestBody": {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}


class ProbeTooLarge(TooLarge):
    """The request has more bytes than a measurement needs."""

    th = "ส่งได้ไม่เกิน {limit_bytes} ไบต์ต่อการวัดหนึ่งครั้ง"
    en = "A measurement takes at most {limit_bytes} bytes."


class ProbeTooSlow(Invalid):
    """The bytes did not arrive in time."""

    th = "ข้อมูลมาไม่ครบภายใน {limit_seconds} วินาที สัญญาณช้าเกินกว่าจะวัดได้ในขณะนี้"
    en = "The bytes did not arrive within {limit_seconds} seconds."


@router.post("/speed", status_code=204, openapi_extra=BYTES)
@raises(limits.AskedTooOften, Unauthenticated, people.LinkNotValid, ProbeTooLarge, ProbeTooSlow)
async def measure(request: Request) -> Response:
    """Receive the body and discard it. Raises AskedTooOften, Unauthenticated, ProbeTooLarge, ProbeTooSlow."""
    await in_thread(limits.count, "speeds_of_address", settings().limit_uploads_per_address, limits.address_of(request))
    token = token_of(request)
    if token is None:
        raise Unauthenticated
    # This transaction ends before the body is read, so that a slow link does not hold a connection to the database.
    await in_transaction(people.person_of, token, now=clock.now(), secret=secret_key())
    received = 0
    try:
        async with asyncio.timeout(LIMIT_SECONDS):
            async for chunk in request.stream():
                received += len(chunk)
                if received > LIMIT_BYTES:
                    raise ProbeTooLarge(limit_bytes=LIMIT_BYTES)
    except TimeoutError as error:
        raise ProbeTooSlow(limit_seconds=LIMIT_SECONDS) from error
    return Response(status_code=204)
