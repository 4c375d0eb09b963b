"""What stands before every request, as one plain ASGI layer: an id, security headers, and the refusal of forged form posts.

No BaseHTTPMiddleware: it costs an upload almost half its speed.
"""

import re
from collections.abc import MutableMapping
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from services.web import errors, metrics
from shared.errors import Forbidden
from shared.settings import settings

log = structlog.get_logger(__name__)

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TOKEN_PATH = re.compile(r"^(/s/go|/s|/sign-in)/(?!submissions\b)[^/]+")


class SentFromAnotherSite(Forbidden):
    """A browser was made to send this by a page that is not ours."""

    th = "คำขอนี้มาจากเว็บไซต์อื่น โปรดเปิดหน้านี้ใหม่แล้วลองอีกครั้ง"
    en = "This request came from another site. Please open the page anew and try again."


def security(public_store: str | None) -> dict[str, str]:
    """Return the headers of every answer that has none of its own; pictures and clips may also come from a store that browsers reach."""
    parts = urlsplit(public_store or "")
    store = f" {parts.scheme}://{parts.netloc}" if public_store else ""
    return {
        "Content-Security-Policy": (
            f"default-src 'self'; img-src 'self' data: blob:{store}; media-src 'self' blob:{store}; object-src 'none'; base-uri 'none'; "
            "frame-ancestors 'none'; form-action 'self'"
        ),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def is_forged(method: str, headers: Headers) -> bool:
    """Say whether a browser sent this from another site with this site's cookies.

    Unsafe methods need Sec-Fetch-Site same-origin or none; without that header, an Origin equal to Host. A request with its own
    Authorization header or without cookies carries nobody's session and is let through. (The rule of Go's CrossOriginProtection.)
    """
    if method in SAFE or "authorization" in headers or "cookie" not in headers:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")


class Guard:
    """The layer around a service; `api` is where its routers for programs are, a prefix that their routes do not know."""

    def __init__(self, app: ASGIApp, api: str) -> None:
        self.app = app
        self.api = api
        self.security = security(settings().s3_public_endpoint)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and note how it went; tokens in paths are never noted."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = uuid4().hex[:12]
        scope.setdefault("state", {})["request_id"] = request_id
        began, status = perf_counter(), 0

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                answer = MutableHeaders(scope=message)
                answer["X-Request-Id"] = request_id
                for name, value in self.security.items():
                    answer.setdefault(name, value)
            await send(message)

        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            if is_forged(scope["method"], headers):
                refusal = errors.answer(Request(scope), SentFromAnotherSite())
                await refusal(scope, receive, send_with_headers)
            else:
                await self.app(scope, receive, send_with_headers)
        except Exception as error:  # a fault of ours: answered here, so that this answer has its headers as well
            if status:
                raise
            await errors.unexpected(Request(scope), error)(scope, receive, send_with_headers)
        finally:
            seconds = perf_counter() - began
            metrics.observe(scope["method"], self._route(scope), status, seconds)
            path = TOKEN_PATH.sub(r"\1/…", scope["path"])
            log.debug("request", method=scope["method"], path=path, status=status, seconds=round(seconds, 4))

    def _route(self, scope: Scope) -> str:
        """Return the template of the path, which has no ids and no tokens."""
        route: str | None = getattr(scope.get("route"), "path", None)
        if route is None:
            return "-"
        return self.api + route if scope["path"].startswith(f"{self.api}/") and not route.startswith(self.api) else route
