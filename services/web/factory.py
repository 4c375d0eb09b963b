"""How every service is made: routes, errors, health, metrics, static files and the guard before them."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi

from services.web import assets, errors, guard, health, problems, styleguide
from services.web.templates import add_folder
from shared import logs
from shared.queue.sweep import Sweeper

VERSION = "1"


def create_app(
    name: str,
    title: str,
    *,
    folder: Path,
    api: Sequence[APIRouter] = (),
    pages: Sequence[APIRouter] = (),
    components: Sequence[Path] = (),
    checks: Mapping[str, health.Check] = MappingProxyType({}),
    schemes: Callable[[], Mapping[str, Any]] = dict,
) -> FastAPI:
    """Make the service `name`: `api` routers below `/api/{name}`, `pages` routers with whole paths, templates in `folder/templates`.

    `components` are further folders of templates, shared with other services; `checks` are further parts that have to be ready;
    `schemes` returns the ways to say who is asking, as OpenAPI names them. The process also sweeps the ledger while it runs. OpenAPI is at
    `/api/{name}/openapi.json`.
    """
    logs.configure()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        sweeper = Sweeper(f"web.{name}")
        sweeper.start()
        yield
        sweeper.stop()

    app = FastAPI(
        title=title,
        version=VERSION,
        openapi_url=f"/api/{name}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=lambda route: route.name,  # generated clients name their functions after it
    )
    app.state.checks = checks
    for templates in (folder / "templates", *components):
        add_folder(templates)
    errors.install(app)
    for router in api:
        problems.declare(router)
        app.include_router(router, prefix=f"/api/{name}")
    for router in (*pages, health.router, styleguide.router):
        app.include_router(router, include_in_schema=False)
    app.add_route("/static/{version}/{name:path}", assets.serve, include_in_schema=False)
    app.add_middleware(guard.Guard, api=f"/api/{name}")

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(title=title, version=VERSION, routes=app.routes)
            parts = document.setdefault("components", {})
            parts.setdefault("schemas", {})["Problem"] = problems.SCHEMA
            parts["securitySchemes"] = dict(schemes())
            app.openapi_schema = document | {"security": [{name: []} for name in parts["securitySchemes"]]}
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to add a component
    return app
