"""The public doors as one person uses them, and the work that follows, done here and now.

Services and workers read the settings when they are imported, so they are imported only once the stack runs.
"""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import select

from factories.documents import hold_to_document
from shared.database import transaction
from shared.queue.lifecycle import JobState
from shared.queue.models import Job


class Door:
    """The doors with one person's token; every call says which status it expects."""

    def __init__(self, token: str | None) -> None:
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def __call__(self, method: str, path: str, status: int = 200, **parts: Any) -> Any:
        """Ask, and return the JSON of the answer."""
        answer = self.raw(method, path, **parts)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def raw(self, method: str, path: str, **parts: Any) -> Any:
        """Ask the service that the path begins with, and return the answer as it is; a problem has to be one that OpenAPI lists."""
        service = path.partition("/")[0]
        app = import_module(f"services.{service}.app").app
        headers = {**self._headers, **parts.pop("headers", {})}
        answer = TestClient(app, follow_redirects=False).request(method, f"/api/{path}", headers=headers, **parts)
        hold_to_document(service, answer)
        return answer


JUDGING = MappingProxyType(
    {
        "routing.place_programme": "workers.routing.tasks:place_programme",
        "routing.place_submission": "workers.routing.tasks:place_submission",
        "awards.apply_decision": "workers.awards.tasks:apply_decision",
    }
)
CHECKING = MappingProxyType(
    {
        "validation.check_upload": "workers.validation.tasks:check_upload",
        "validation.settle_filing": "workers.validation.tasks:settle_filing",
    }
)
"""Job → the body of its task."""


def work(bodies: Mapping[str, str] = JUDGING) -> None:
    """Work on the jobs of these kinds that wait, until none is left."""
    execute = import_module("workers.base").execute
    while True:
        with transaction() as session:
            query = select(Job.id, Job.kind).where(Job.state == JobState.PENDING, Job.kind.in_(bodies)).order_by(Job.id)
            waiting = session.execute(query).all()
        if not waiting:
            return
        for job_id, kind in waiting:
            module, _, name = bodies[kind].partition(":")
            execute(getattr(import_module(module), name), job_id)
