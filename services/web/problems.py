"""Which refusals an operation may answer with, as OpenAPI documents them: every status with its codes.

Routes and dependencies declare their own with `raises`; those of a route's dependencies, and those that every request may meet, are added.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from services.web.errors import TITLES, InvalidRequest, TextNotStorable, Unexpected, status_of_kind
from services.web.guard import SAFE, SentFromAnotherSite
from shared.errors import Refusal, code_of

MEDIA_TYPE = "application/problem+json"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457 problem details. `code` is stable; `detail` is in the language of the request.",
    "required": ["type", "title", "status", "code", "detail", "detail_th", "detail_en"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "detail_th": {"type": "string"},
        "detail_en": {"type": "string"},
    },
    "additionalProperties": True,
}
"""The component `Problem`."""

Refusals = Iterable[type[Refusal]]
StatusOf = Callable[[type[Refusal]], int]
Function = TypeVar("Function", bound=Callable[..., Any])


def raises(*refusals: type[Refusal]) -> Callable[[Function], Function]:
    """Declare what a route or a dependency of routes refuses by itself; below `@router.get`, and empty where it refuses nothing."""

    def declare(function: Function) -> Function:
        function.raises = refusals  # type: ignore[attr-defined]  # a mark on the function, read by `declared`
        return function

    return declare


def problems(*refusals: type[Refusal], status_of: StatusOf = status_of_kind) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI responses of these refusals, by status; `status_of` tells the status of a class of refusals."""
    by_status: dict[int, dict[str, str]] = {}
    for refusal in refusals:
        meaning = (refusal.__doc__ or "").partition("\n")[0]
        by_status.setdefault(int(status_of(refusal)), {})[code_of(refusal)] = meaning
    return {status: _response(status, by_status[status]) for status in sorted(by_status)}


def declare(router: APIRouter) -> None:
    """Have OpenAPI list the problems of every route of `router`; a class of routes may have statuses of its own (`status_of_kind`)."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            status_of: StatusOf = getattr(route, "status_of_kind", status_of_kind)
            route.responses = {**problems(*refusals_of(route), status_of=status_of), **route.responses}


def refusals_of(route: APIRoute) -> set[type[Refusal]]:
    """Return what a route may answer with instead of what it promises."""
    found: set[type[Refusal]] = {Unexpected}
    if not SAFE.issuperset(route.methods or ()):
        found.add(SentFromAnotherSite)
    for part in _flat(route.dependant):
        if part.path_params or part.query_params or part.header_params or part.cookie_params or part.body_params:
            found |= {InvalidRequest, TextNotStorable}
        found.update(declared(part.call) or ())
    return found


def declared(function: Callable[..., Any] | None) -> tuple[type[Refusal], ...] | None:
    """Return what a function declares with `raises`; None when it declares nothing."""
    refusals: tuple[type[Refusal], ...] | None = getattr(function, "raises", None)
    return refusals


def _flat(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for part in dependant.dependencies:
        yield from _flat(part)


def _response(status: int, codes: dict[str, str]) -> dict[str, Any]:
    """Return one status: the problem document with the codes it may carry."""
    of_these = {"type": "object", "properties": {"code": {"type": "string", "enum": sorted(codes)}}}
    return {
        "description": "\n".join([f"{TITLES.get(status, status)}:", *(f"- `{code}`: {codes[code]}" for code in sorted(codes))]),
        "content": {MEDIA_TYPE: {"schema": {"allOf": [{"$ref": "#/components/schemas/Problem"}, of_these]}}},
    }
