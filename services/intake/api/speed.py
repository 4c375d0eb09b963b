"""A few bytes that are taken and forgotten: a telephone measures how fast it can send before it tells how long a clip will take."""

import asyncio
from functools import partial

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.intake.tus.lease import in_thread, in_transaction
from services.web import limits
from services.web.identity import token_of
from shared import clock
from shared.errors import Invalid, TooLarge, Unauthenticated
from shared.people import queries as people
from shared.settings import secret_key, settings

router = APIRouter(tags=["uploads"])

LIMIT_BYTES = 64 * 1024
LIMIT_SECONDS = 30.0

BYTES = {"requestBody": {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}


class ProbeTooLarge(TooLarge):
    """More bytes than a measurement needs."""

    th = "ส่งได้ไม่เกิน {limit_bytes} ไบต์ต่อการวัดหนึ่งครั้ง"
    en = "A measurement takes at most {limit_bytes} bytes."


class ProbeTooSlow(Invalid):
    """The bytes did not come in time."""

    th = "สัญญาณช้าเกินกว่าจะวัดได้ในขณะนี้"
    en = "The bytes did not come within {limit_seconds} seconds."


@router.post("/speed", status_code=204, openapi_extra=BYTES)
async def measure(request: Request) -> Response:
    """Take the body and forget it. Raises AskedTooOften, Unauthenticated, ProbeTooLarge, ProbeTooSlow."""
    await in_thread(partial(limits.count, "speeds_of_address", settings().limit_uploads_per_address, limits.address_of(request)))
    token = token_of(request)
    if token is None:
        raise Unauthenticated
    # Ended before the body comes: a slow link is not to hold a connection of the database.
    await in_transaction(lambda session: people.person_of(session, token, now=clock.now(), secret=secret_key()))
    taken = 0
    try:
        async with asyncio.timeout(LIMIT_SECONDS):
            async for chunk in request.stream():
                taken += len(chunk)
                if taken > LIMIT_BYTES:
                    raise ProbeTooLarge(limit_bytes=LIMIT_BYTES)
    except TimeoutError as error:
        raise ProbeTooSlow(limit_seconds=LIMIT_SECONDS) from error
    return Response(status_code=204)
