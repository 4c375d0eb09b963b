"""Puts a service together: the kit's app, and what of the domain every service has."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI

from services import pages as shared_pages
from services import people
from services.people import identity, sign_in
from services.web.assets import add_folder
from services.web.factory import create_app
from shared import clock, flow
from shared.database import transaction
from shared.queue import queries


def assemble(
    name: str,
    title: str,
    *,
    folder: Path,
    api: Sequence[APIRouter] = (),
    pages: Sequence[APIRouter] = (),
    components: Sequence[Path] = (),
) -> FastAPI:
    """Make the service `name`, as `create_app` does, with signing in, and with what workers say of their sandboxes at /readyz."""
    add_folder(Path(shared_pages.__file__).parent / "static")
    flow.install()  # events appended by requests need their consequences
    return create_app(
        name,
        title,
        folder=folder,
        api=api,
        pages=(*pages, sign_in.router),
        components=(people.TEMPLATES, *components),
        checks={"sandbox": workers_with_weak_sandbox},
        schemes=identity.schemes,
    )


def workers_with_weak_sandbox() -> dict[str, Any]:
    """Return a warning that names the workers that open people's files under less than the full sandbox; they report it themselves."""
    with transaction() as session:
        weak = [beat.name for beat in queries.with_weak_sandbox(session, now=clock.now())]
    if not weak:
        return {}
    return {"warning": "these workers open people's files without the whole sandbox; see omsap doctor on their machines", "workers": weak}
