"""A program that was generated from the OpenAPI documents does the main things, against real servers."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from uuid import uuid4

import factories
import pytest
from factories.forms import PDF
from factories.generated import Generated
from factories.processes import Web, start_web
from factories.tus import FOREVER, ITEMS

from shared.database import transaction
from shared.events import SYSTEM
from shared.people import operations as people
from shared.people.models import Role
from shared.queue.lifecycle import JobState
from shared.reviews import rounds
from shared.reviews.queries import load_round_by_id
from shared.stages import operations as stages
from shared.submissions.sheet import Standing

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture(scope="module")
def client(stack: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Generated]]:
    """Make clients of services, each of which runs as a process of its own."""
    folder, running = tmp_path_factory.mktemp("generated"), dict[str, Web]()

    def make(service: str, token: str) -> Generated:
        if service not in running:
            running[service] = start_web(service)
        return Generated(service, running[service], token, folder)

    yield make
    for web in running.values():
        web.process.terminate()
        web.process.wait(20)


def test_group_sends_a_file_and_submits(client: Callable[..., Generated]) -> None:
    with transaction() as session:
        programme = factories.programme(session, milestones=FOREVER, items=ITEMS[:1])
        (submission,) = factories.submissions(session, programme, 1, status=Standing.INVITED)
        link = factories.token_of(people.make_link(session, submission_id=submission.id))
    group = client("intake", link)
    form = group.model("SendItemBody", file=group.file(payload=BytesIO(PDF), file_name="plan.pdf", mime_type="application/pdf"))
    assert group("uploads.send_item", submission.id, "plan", body=form).status_code == 201
    submitted = group("submissions.submit", submission.id, body=None)
    assert (submitted.status_code, submitted.parsed.to_dict()["state"]) == (200, Standing.SUBMITTED)
    read = group("submissions.read", submission.id).parsed.to_dict()
    assert [upload["filename"] for item in read["items"] for upload in item["uploads"]] == ["plan.pdf"]


def test_member_claims_saves_a_draft_and_submits_a_ballot(client: Callable[..., Generated]) -> None:
    with transaction() as session:
        programme = factories.programme(session)
        factories.submissions(session, programme, 1)
        row = rounds.open_round(session, programme, "screening", by=SYSTEM, now=factories.NOW)
        stages.fill_round(session, load_round_by_id(session, row.id), now=factories.NOW)
        (account,) = factories.members(session, programme, 1)
        token = factories.token(session, account)
    member = client("review", token)
    (queue,) = member("queues.list_queues").parsed.to_dict()["queues"]
    claimed = member("queues.claim", queue["name"])
    assert claimed.status_code == 201
    id_ = claimed.parsed.to_dict()["id"]
    marks = member.model("BallotBodyMarks").from_dict({"plan": 7, "clip": 8.5})
    draft = member("assignments.save_ballot", id_, body=member.model("BallotBody", marks=marks, comment="ดี"))
    assert draft.status_code == 200
    final = member("assignments.save_ballot", id_, body=member.model("BallotBody", marks=marks, comment="ดี", submit=True))
    assert (final.status_code, member("queues.claim", queue["name"]).status_code) == (200, 204)


@pytest.mark.thorough
def test_operator_reads_models_and_a_refusal_by_its_code(client: Callable[..., Generated]) -> None:
    with transaction() as session:
        token = factories.token(session, factories.account(session, "operator", Role.OPERATOR))
    operator = client("operations", token)
    overview = operator("machines.read_overview").parsed
    assert (overview.jobs.dead, len(overview.queues)) == (0, 8)
    assert operator("jobs.list_jobs", state=JobState.DEAD).parsed.jobs == []
    unknown = operator("jobs.read_job", uuid4())
    assert (unknown.status_code, unknown.parsed.code, unknown.parsed.detail_en) == (404, "job_unknown", "There is no such job.")


@pytest.mark.thorough
def test_officer_lists_programmes(client: Callable[..., Generated]) -> None:
    with transaction() as session:
        factories.programme(session)
        token = factories.token(session, factories.account(session, "officer", Role.OFFICER))
    listed = client("office", token)("programmes.list_programmes")
    assert [programme["slug"] for programme in listed.parsed.to_dict()["programmes"]] == ["little"]
