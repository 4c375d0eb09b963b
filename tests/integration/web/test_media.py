"""Files as answers: whole, ranges, and who may have them."""

from typing import Any

import factories
import pytest
from factories import NOW
from factories.doors import Door
from sqlalchemy.orm import Session

from shared.database import new_id, transaction
from shared.people.models import Role
from shared.storage import store
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Submission, Upload

pytestmark = pytest.mark.usefixtures("clean")
CONTENT = bytes(range(256)) * 12_000
NAME = "คลิป ของกลุ่ม.mp4"


def upload(session: Session, submission: Submission, **values: Any) -> Upload:
    key = f"uploads/{new_id()}"
    store().put(key, CONTENT)
    made = Upload(
        id=new_id(),
        submission_id=submission.id,
        kind="clip",
        filename=NAME,
        size_bytes=len(CONTENT),
        offset_bytes=len(CONTENT),
        part_bytes=8 * 1024 * 1024,
        sha256="ab" * 32,
        object_key=key,
        status=UploadStatus.PASSED,
        by_kind="group",
        by_name="กลุ่ม",
        facts={"type": "mp4"},
        created_at=NOW,
        expires_at=NOW,
        received_at=NOW,
    )
    for name, value in values.items():
        setattr(made, name, value)
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def media(engine: object) -> dict[str, Any]:
    with transaction() as session:
        programme = factories.programme(session)
        submission, other = factories.submissions(session, programme, 2)
        submission.committee = "central"
        clip, text = upload(session, submission), upload(session, submission, facts={"type": "text"}, filename="x.mp4")
        gone = upload(session, submission, object_key="uploads/none")
        (member,) = factories.members(session, programme, 1)
        elsewhere = factories.account(session, "elsewhere", Role.OFFICER, province="ลำปาง")
        department = factories.account(session, "department", Role.OFFICER)
        return {
            "member": Door(factories.token(session, member)),
            "elsewhere": Door(factories.token(session, elsewhere)),
            "department": Door(factories.token(session, department)),
            "at": f"submissions/{submission.id}/uploads/{clip.id}/content",
            "text": f"submissions/{submission.id}/uploads/{text.id}/content",
            "gone": f"submissions/{submission.id}/uploads/{gone.id}/content",
            "wrong": f"submissions/{other.id}/uploads/{clip.id}/content",
        }


def test_whole_file_is_shown_with_safe_headers(media: dict[str, Any]) -> None:
    answer = media["member"].raw("GET", f"review/{media['at']}")
    assert (answer.status_code, answer.content == CONTENT) == (200, True)
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["content-disposition"].startswith("inline; filename=\"file.mp4\"; filename*=UTF-8''%E0%B8%84")


@pytest.mark.parametrize(
    ("wanted", "status", "start", "end"),
    [
        ("bytes=0-0", 206, 0, 1),
        ("bytes=100-199", 206, 100, 200),
        ("bytes=3000000-", 206, 3_000_000, None),
        ("bytes=-10", 206, -10, None),
        ("bytes=0-", 206, 0, None),
        ("bytes=100-99999999", 206, 100, None),
        ("bytes=-99999999", 206, 0, None),
        ("bytes=5-2", 200, 0, None),
        ("bytes=0-1,5-6", 200, 0, None),
        ("lines=1-2", 200, 0, None),
        ("bytes=-", 200, 0, None),
    ],
)
def test_range_answers_exactly_its_bytes(media: dict[str, Any], wanted: str, status: int, start: int, end: int | None) -> None:
    answer = media["member"].raw("GET", f"review/{media['at']}", headers={"Range": wanted})
    expected = CONTENT[start:end]
    assert (answer.status_code, answer.content == expected, answer.headers["content-length"]) == (status, True, str(len(expected)))
    if status == 206:
        first = len(CONTENT) + start if start < 0 else start
        assert answer.headers["content-range"] == f"bytes {first}-{first + len(expected) - 1}/{len(CONTENT)}"


@pytest.mark.parametrize("wanted", [f"bytes={len(CONTENT)}-", "bytes=99999999-", "bytes=-0"])
def test_range_beyond_the_file_answers_416(media: dict[str, Any], wanted: str) -> None:
    answer = media["member"].raw("GET", f"review/{media['at']}", headers={"Range": wanted})
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(CONTENT)}")


def test_head_tells_the_size_and_sends_nothing(media: dict[str, Any]) -> None:
    answer = media["member"].raw("HEAD", f"review/{media['at']}")
    assert (answer.status_code, answer.headers["content-length"], answer.content) == (200, str(len(CONTENT)), b"")


def test_tag_saves_sending_again_and_a_stale_range_gets_the_whole(media: dict[str, Any]) -> None:
    door, path = media["member"], f"review/{media['at']}"
    tag = door.raw("HEAD", path).headers["etag"]
    assert door.raw("GET", path, headers={"If-None-Match": tag}).status_code == 304
    assert door.raw("GET", path, headers={"Range": "bytes=0-1", "If-Range": tag}).status_code == 206
    assert door.raw("GET", path, headers={"Range": "bytes=0-1", "If-Range": '"other"'}).status_code == 200


def test_file_of_another_kind_is_only_saved(media: dict[str, Any]) -> None:
    answer = media["member"].raw("GET", f"review/{media['text']}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert media["member"].raw("GET", f"review/{media['at']}?save=1").headers["content-disposition"].startswith("attachment")


def test_only_those_who_see_the_submission_have_its_files(media: dict[str, Any]) -> None:
    assert media["department"].raw("HEAD", f"office/{media['at']}").status_code == 200
    assert media["elsewhere"]("GET", f"office/{media['at']}", 404)["code"] == "upload_unknown"
    assert media["member"]("GET", f"review/{media['wrong']}", 404)["code"] == "upload_unknown"
    Door(None)("GET", f"review/{media['at']}", 401)


def test_object_that_is_missing_is_refused_and_not_half_sent(media: dict[str, Any]) -> None:
    assert media["member"]("GET", f"review/{media['gone']}", 404)["code"] == "object_missing"
