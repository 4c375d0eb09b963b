"""What each service says of itself to programs, and that all it promises is in it."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from factories.browser import Browser
from factories.documents import codes, routes
from fastapi.testclient import TestClient

pytestmark = pytest.mark.usefixtures("engine")
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
PROGRAMME = "/programmes/{}"
PROMISED = {
    "intake": [
        "OPTIONS /uploads",
        "POST /uploads",
        "HEAD /uploads/{}",
        "PATCH /uploads/{}",
        "DELETE /uploads/{}",
        "POST /submissions/{}/items/{}",
        "GET /submissions/{}",
        "POST /submissions/{}/submit",
        "POST /submissions/{}/prepare",
        "POST /submissions/{}/withdraw",
        "GET /submissions/{}/stages/{}",
        "PUT /submissions/{}/stages/{}",
        "POST /submissions/{}/stages/{}/submit",
    ],
    "review": [
        "GET /queues",
        "POST /queues/{}/claims",
        "POST /assignments/{}/renew",
        "DELETE /assignments/{}",
        "POST /assignments/{}/conflict",
        "PUT /assignments/{}/ballot",
    ],
    "office": [
        f"PUT {PROGRAMME}",
        f"POST {PROGRAMME}/targets",
        f"GET {PROGRAMME}/targets-template.xlsx",
        f"POST {PROGRAMME}/invitations",
        f"POST {PROGRAMME}/rounds/{{}}/open",
        f"POST {PROGRAMME}/rounds/{{}}/close",
        f"GET {PROGRAMME}/rounds/{{}}/ranking",
        f"POST {PROGRAMME}/decisions",
        f"POST {PROGRAMME}/decisions/{{}}/sign",
        f"POST {PROGRAMME}/decisions/{{}}/publish",
        f"GET {PROGRAMME}/exports/{{}}.{{}}",
    ],
    "operations": [
        "GET /overview",
        "GET /queues",
        "GET /workers",
        "GET /jobs",
        "POST /jobs/{}/retry",
        "POST /jobs/{}/cancel",
        "POST /queues/{}/pause",
        "POST /queues/{}/resume",
    ],
}


TYPED = ("operations", "review", "office", "intake")
"""Services whose every answer has a schema and whose every operation declares its problems."""


def document(service: str) -> dict[str, Any]:
    """The OpenAPI document of a service."""
    answer = Browser(service).client.get(f"/api/{service}/openapi.json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    found: dict[str, Any] = answer.json()
    return found


def operations(found: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield method, path and operation."""
    for path, item in found["paths"].items():
        for method, operation in item.items():
            assert method in METHODS
            yield method, path, operation


def references(part: Any) -> Iterator[str]:
    """Yield every reference of a document."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


@pytest.mark.parametrize("service", PROMISED)
def test_document_is_whole(service: str, recwarn: pytest.WarningsRecorder) -> None:
    app = import_module(f"services.{service}.app").app
    app.openapi_schema = None
    found = document(service)
    assert [str(warning.message) for warning in recwarn if "Operation ID" in str(warning.message)] == []
    assert found["openapi"].startswith("3.1")
    assert set(found["info"]) >= {"title", "version"}
    ids = [operation["operationId"] for _, _, operation in operations(found)]
    assert len(ids) == len(set(ids)) > 0
    for reference in set(references(found)):
        target = found
        for name in reference.removeprefix("#/").split("/"):
            target = target[name]
    for method, path, operation in operations(found):
        named = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "path"}
        assert named == {part.partition("}")[0] for part in path.split("{")[1:]}, (method, path)
        assert any(status.startswith("2") for status in operation["responses"])
        assert all("description" in response for response in operation["responses"].values())
        problems = [answer for status, answer in operation["responses"].items() if status[0] in "45" and "content" in answer]
        assert len(problems) > 0
        for problem in problems:
            assert problem["content"]["application/problem+json"]["schema"]["allOf"][0] == {"$ref": "#/components/schemas/Problem"}
    assert {requirement for entry in found["security"] for requirement in entry} == set(found["components"]["securitySchemes"])


@pytest.mark.parametrize("service", PROMISED)
def test_every_promise_is_in_the_document(service: str) -> None:
    said = set()
    for method, path, _ in operations(document(service)):
        whole = path
        for name in [part.partition("}")[0] for part in path.split("{")[1:]]:
            whole = whole.replace(f"{{{name}}}", "{}")
        said.add(f"{method.upper()} {whole.removeprefix(f'/api/{service}')}")
    assert set(PROMISED[service]) - said == set()


def says_nothing(schema: dict[str, Any]) -> bool:
    """Say whether a schema lets anything pass, or any object."""
    if schema.get("type") == "array":
        return says_nothing(schema.get("items", {}))
    names = set(schema) - {"title", "description"}
    return not names or (schema.get("type") == "object" and "properties" not in schema and "$ref" not in schema)


@pytest.mark.parametrize("service", TYPED)
def test_every_answer_has_a_schema(service: str) -> None:
    """Files say their media type instead; answers without a body have no content."""
    untyped = [
        f"{method.upper()} {path} {status} {media_type}"
        for method, path, operation in operations(document(service))
        for status, answer in operation["responses"].items()
        if status.startswith("2")
        for media_type, content in answer.get("content", {}).items()
        if media_type == "application/json" and says_nothing(content.get("schema", {}))
    ]
    assert untyped == []


@pytest.mark.parametrize("service", TYPED)
def test_every_file_says_its_media_types(service: str) -> None:
    """`responses=media.RESPONSES` where it is one of the store."""
    silent = [
        path
        for method, path, operation in operations(document(service))
        for status, answer in operation["responses"].items()
        if method == "get" and status == "200" and not answer.get("content")
    ]
    assert silent == []


@pytest.mark.parametrize("service", TYPED)
def test_every_operation_declares_its_problems(service: str) -> None:
    """`@raises(…)` below the route's decorator; the tests' doors hold what is answered to it."""
    declared = import_module("services.web.problems").declared
    shown = [(path, route) for path, route in routes(service) if route.include_in_schema]
    assert [f"{min(route.methods or {''})} {path}" for path, route in shown if declared(route.endpoint) is None] == []


@pytest.mark.parametrize("service", TYPED)
def test_every_problem_lists_its_codes(service: str) -> None:
    for method, path, operation in operations(document(service)):
        for status, answer in operation["responses"].items():
            if status[0] in "45" and "content" in answer:  # 412 and 416 of a file have none
                assert codes(operation["responses"], int(status)), (method, path, status)


def test_document_says_what_files_are_sent_as() -> None:
    paths = document("intake")["paths"]
    form = paths["/api/intake/submissions/{submission_id}/items/{kind}"]["post"]["requestBody"]["content"]
    assert form["multipart/form-data"]["schema"]["required"] == ["file"]
    assert list(paths["/api/intake/uploads/{upload_id}"]["patch"]["requestBody"]["content"]) == ["application/offset+octet-stream"]


def test_all_documents_are_at_one_port_on_one_machine() -> None:
    client = TestClient(import_module("services.allinone").app)
    for service in PROMISED:
        assert client.get(f"/api/{service}/openapi.json").json()["info"]["title"] == f"Omsap {service}"
