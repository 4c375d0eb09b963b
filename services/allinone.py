"""All services in one web process: requests go to the service that their address names. For one machine; in production each has its own."""

from contextlib import AsyncExitStack
from importlib import import_module

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from services.directory import SERVICES, service_of

apps: dict[str, FastAPI] = {service.name: import_module(f"services.{service.name}.app").app for service in SERVICES}


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Dispatch one connection; the lifespan is that of all services."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    else:
        await apps[service_of(scope["path"]).name](scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    async with AsyncExitStack() as running:
        for service in apps.values():
            await running.enter_async_context(service.router.lifespan_context(service))
        await send({"type": "lifespan.startup.complete"})
        await receive()
    await send({"type": "lifespan.shutdown.complete"})
