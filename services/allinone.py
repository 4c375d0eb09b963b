"""All services in one web process: requests go to the service that their address names. For one machine; in production each has its own."""

from contextlib import AsyncExitStack

from starlette.types import ASGIApp, Receive, Scope, Send

from services.intake.app import app as intake
from services.office.app import app as office
from services.operations.app import app as operations
from services.review.app import app as review

PREFIXES: tuple[tuple[str, ASGIApp], ...] = (
    ("/api/intake", intake),
    ("/s", intake),
    ("/api/review", review),
    ("/review", review),
    ("/api/operations", operations),
    ("/operations", operations),
    ("/metrics", operations),
    ("/", office),
)
SERVICES = (intake, review, office, operations)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Dispatch one connection; the lifespan is that of all services."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    path: str = scope["path"]
    service = next(service for prefix, service in PREFIXES if prefix == "/" or path == prefix or path.startswith(prefix + "/"))
    await service(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    async with AsyncExitStack() as running:
        for service in SERVICES:
            await running.enter_async_context(service.router.lifespan_context(service))
        await send({"type": "lifespan.startup.complete"})
        await receive()
    await send({"type": "lifespan.shutdown.complete"})
