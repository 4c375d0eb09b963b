"""Cross-origin requests: the sites that an installation names may upload here with a token, never with cookies."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.settings import settings

METHODS = ("GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS")
REQUEST_HEADERS = (
    "Authorization", "Content-Type", "Tus-Resumable", "Upload-Checksum", "Upload-Length", "Upload-Metadata", "Upload-Offset",
    "X-HTTP-Method-Override", "X-Requested-With",
)  # fmt: skip
ANSWER_HEADERS = (
    "Location", "Retry-After", "Tus-Checksum-Algorithm", "Tus-Extension", "Tus-Resumable", "Tus-Version", "Upload-Expires", "Upload-Length",
    "Upload-Metadata", "Upload-Offset", "X-Request-Id",
)  # fmt: skip
DAY = 86_400


class Cors:
    """Allows the sites of the setting `cors_origins`; adds nothing when none is named."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, origins = app, settings().cors_origins
        if origins:
            self.app = CORSMiddleware(
                app, allow_origins=origins, allow_methods=METHODS, allow_headers=REQUEST_HEADERS, expose_headers=ANSWER_HEADERS, max_age=DAY
            )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        await self.app(scope, receive, send)
