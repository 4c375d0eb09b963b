"""Several photographed pages, read as one document by those who may see the submission."""

from typing import Any

import factories
import pytest
from factories.doors import Door
from sqlalchemy import select

from shared.database import new_id, transaction
from shared.people.models import Role
from shared.renditions.rendition import Rendition
from shared.storage import store
from shared.submissions.models import FilingVersion

pytestmark = pytest.mark.usefixtures("clean")
CONTENT = b"%PDF-1.7 three pages"


@pytest.fixture
def bound(engine: object) -> dict[str, Any]:
    key = f"copies/{new_id()}.pdf"
    store().put(key, CONTENT)
    with transaction() as session:
        programme = factories.programme(session)
        (submission,) = factories.submissions(session, programme, 1)
        factories.entry(session, submission, programme)
        copy = Rendition(key=key, type="pdf", size_bytes=len(CONTENT), data={"pages": 3, "uploads": []})
        version = session.scalars(select(FilingVersion)).one()
        version.bound = {"plan": copy.to_json()}
        judge, relative = factories.members(session, programme, 2)
        factories.conflict(session, submission.id, relative.id)
        elsewhere = factories.account(session, "elsewhere", Role.OFFICER, province="ลำปาง")
        department = factories.account(session, "department", Role.OFFICER)
        people = {"judge": judge, "relative": relative, "elsewhere": elsewhere, "department": department}
        doors = {name: Door(factories.token(session, account)) for name, account in people.items()}
        return {**doors, "at": f"submissions/{submission.id}", "reference": submission.reference}


@pytest.mark.parametrize(("name", "service"), [("judge", "review"), ("department", "office")])
def test_those_who_see_the_submission_read_it(bound: dict[str, Any], name: str, service: str) -> None:
    path = f"{service}/{bound['at']}/bound/plan"
    answer = bound[name].raw("GET", path)
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, CONTENT, "application/pdf")
    assert answer.headers["content-disposition"].startswith(f'inline; filename="{bound["reference"]}-plan.pdf"')
    assert "sandbox" in answer.headers["content-security-policy"]
    assert bound[name].raw("HEAD", path).headers["content-length"] == str(len(CONTENT))
    assert bound[name].raw("GET", path, headers={"Range": "bytes=1-3"}).content == CONTENT[1:4]


def test_submission_says_where_it_is(bound: dict[str, Any]) -> None:
    items = {item["kind"]: item for item in bound["judge"]("GET", f"review/{bound['at']}")["items"]}
    assert items["plan"]["bound"] == {"url": f"/api/review/{bound['at']}/bound/plan", "pages": 3}
    assert items["clip"]["bound"] is None


@pytest.mark.parametrize(("name", "service"), [("relative", "review"), ("elsewhere", "office"), ("elsewhere", "review")])
def test_nobody_else_reads_it(bound: dict[str, Any], name: str, service: str) -> None:
    assert bound[name]("GET", f"{service}/{bound['at']}/bound/plan", 404)["code"] == "submission_unknown"


def test_item_that_is_not_bound_has_none(bound: dict[str, Any]) -> None:
    assert bound["judge"]("GET", f"review/{bound['at']}/bound/clip", 404)["code"] == "copy_missing"
