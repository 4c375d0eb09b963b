"""What OpenAPI promises, compared with what a service answers."""

import re
from importlib import import_module
from typing import Any

from fastapi.routing import APIRoute
from httpx2 import Response

PROBLEM = "application/problem+json"


def routes(service: str) -> list[tuple[str, APIRoute]]:
    """Return a service's routes for programs, each with its whole path."""
    routers = import_module(f"services.{service}.api").ROUTERS
    return [(f"/api/{service}{route.path_format}", route) for router in routers for route in router.routes if isinstance(route, APIRoute)]


def codes(responses: dict[Any, Any], status: int) -> set[str]:
    """Return the codes that the responses of an operation list for a status."""
    content = responses.get(status, responses.get(str(status), {})).get("content", {})
    parts = content.get(PROBLEM, {}).get("schema", {}).get("allOf", [])
    return {code for part in parts for code in part.get("properties", {}).get("code", {}).get("enum", [])}


def hold_to_document(service: str, answer: Response) -> None:
    """Fail when an operation that declares its problems answers with one that it does not list."""
    declared = import_module("services.web.problems").declared
    if answer.headers.get("content-type") != PROBLEM or not answer.content:
        return
    for path, route in routes(service):
        pattern = re.sub(r"\{[^}]+\}", "[^/]+", path)
        if answer.request.method in (route.methods or ()) and re.fullmatch(pattern, answer.request.url.path):
            if declared(route.endpoint) is not None:
                listed = codes(route.responses, answer.status_code)
                assert answer.json()["code"] in listed, f"{answer.request.method} {path} does not list {answer.json()['code']}"
            return
