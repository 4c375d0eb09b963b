"""How refusals leave routes of tus: as problem documents with the headers and statuses of the protocol, in one place."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import Request, Response
from fastapi.routing import APIRoute

from services.intake.tus import protocol
from services.intake.tus.protocol import RESUMABLE
from services.intake.tus.streaming import Stopped
from services.web import errors
from services.web.language import language_of
from shared.errors import Refusal

log = structlog.get_logger(__name__)

STATUS: dict[type[Refusal], int] = {
    protocol.VersionNotSupported: HTTPStatus.PRECONDITION_FAILED,
    protocol.ContentTypeNotSupported: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    protocol.ChecksumMismatch: protocol.CHECKSUM_MISMATCH,
}
"""Statuses that only tus names; every other refusal has the status of its kind (`services.web.errors`)."""


class TusRoute(APIRoute):
    """A route that answers Refusal and Stopped as tus asks for, so that its handlers only raise them."""

    @staticmethod
    def status_of_kind(refusal: type[Refusal]) -> int:
        """Return the status of a class of refusals on a route of tus."""
        return STATUS.get(refusal, errors.status_of_kind(refusal))

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler with its answers to what it raises."""
        handle = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await handle(request)
            except Refusal as refusal:
                return refused(request, refusal)
            except Stopped as stopped:
                # Mostly nobody is there to read it.
                log.info("upload_stopped", why=str(stopped))
                return Response(status_code=HTTPStatus.REQUEST_TIMEOUT, headers=RESUMABLE | {"Connection": "close"})

        return answered


def refused(request: Request, refusal: Refusal) -> Response:
    """Return a refusal as a problem document with the headers of tus."""
    headers = RESUMABLE | errors.retry_after(refusal)
    if isinstance(refusal, protocol.VersionNotSupported):
        headers["Tus-Version"] = protocol.VERSION
    return errors.problem(refusal, TusRoute.status_of_kind(type(refusal)), language_of(request), headers)
