"""Files as answers: whole, ranges, and who may have them."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import factories
import httpx2
import pytest
from factories import NOW
from factories.doors import Door
from fastapi.testclient import TestClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from services.web.guard import security
from shared.database import new_id, transaction
from shared.database.session import engine as database_engine
from shared.people import operations as people
from shared.people.models import Credential, Role
from shared.renditions.rendition import Rendition
from shared.settings import settings
from shared.storage import store
from shared.submissions.models import Submission, Upload

pytestmark = pytest.mark.usefixtures("clean")
CONTENT = bytes(range(256)) * 12_000
NAME = "คลิป ของกลุ่ม.mp4"
MIB = 1024 * 1024


def upload(session: Session, submission: Submission, **columns: Any) -> Upload:
    """A file of the little programme's, with its content in the store."""
    key = f"uploads/{new_id()}"
    store().put(key, CONTENT)
    columns = {"object_key": key, "filename": NAME, "size_bytes": len(CONTENT), "sha256": "ab" * 32, "expires_at": NOW, **columns}
    return factories.upload(session, submission.id, **columns)


@pytest.fixture
def media(engine: object) -> dict[str, Any]:
    with transaction() as session:
        programme = factories.programme(session)
        submission, other = factories.submissions(session, programme, 2)
        factories.entry(session, submission, programme)
        clip, text = upload(session, submission), upload(session, submission, facts={"type": "text"}, filename="x.mp4")
        gone = upload(session, submission, object_key="uploads/none")
        talk = upload(session, submission, facts={"type": "mp3"}, filename="a.mp3")
        talk.copies = {"sound": Rendition(key=talk.object_key, type="m4a").to_json()}
        written = upload(session, submission, kind="plan", facts={"type": "docx"}, filename='แผน 🌾 "ก"/../ข.docx')
        plan = upload(session, submission, kind="plan", facts={"type": "pdf"}, filename="แผน.pdf")
        copied = Rendition(key=plan.object_key, type="pdf")
        plan.copies = {"document": copied.to_json()}
        (member,) = factories.members(session, programme, 1)
        elsewhere = factories.account(session, "elsewhere", Role.OFFICER, province="ลำปาง")
        department = factories.account(session, "department", Role.OFFICER)
        return {
            "member": Door(factories.token(session, member)),
            "member_id": member.id,
            "submission_id": submission.id,
            "clip_id": clip.id,
            "elsewhere": Door(factories.token(session, elsewhere)),
            "department": Door(factories.token(session, department)),
            "at": f"submissions/{submission.id}/uploads/{clip.id}/content",
            "text": f"submissions/{submission.id}/uploads/{text.id}/content",
            "talk": f"submissions/{submission.id}/uploads/{talk.id}",
            "written": f"submissions/{submission.id}/uploads/{written.id}/content",
            "plan": f"submissions/{submission.id}/uploads/{plan.id}/content",
            "reading": f"submissions/{submission.id}/uploads/{plan.id}/copies/document",
            "gone": f"submissions/{submission.id}/uploads/{gone.id}/content",
            "wrong": f"submissions/{other.id}/uploads/{clip.id}/content",
        }


def test_whole_file_is_shown_with_safe_headers(media: dict[str, Any]) -> None:
    answer = media["member"].raw("GET", f"review/{media['at']}")
    assert (answer.status_code, answer.content == CONTENT) == (200, True)
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'; media-src 'self'" in answer.headers["content-security-policy"]
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
        ("Bytes=7-7", 206, 7, 8),
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
    for headers in ({}, {"Range": "bytes=5-9"}):  # a range is a matter of GET
        answer = media["member"].raw("HEAD", f"review/{media['at']}", headers=headers)
        assert (answer.status_code, answer.headers["content-length"], answer.content) == (200, str(len(CONTENT)), b"")
    assert media["member"].raw("HEAD", f"review/{media['reading']}").headers["content-length"] == str(len(CONTENT))


def test_what_is_known_is_not_sent_again(media: dict[str, Any]) -> None:
    door, path = media["member"], f"review/{media['at']}"
    whole = door.raw("HEAD", path)
    tag = whole.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = door.raw("GET", path, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
        # A browser takes the headers of this answer for those of what it has.
        assert answer.headers["content-security-policy"] == whole.headers["content-security-policy"]
    for other in ('"other"', f'"x{tag[1:]}', tag.strip('"')):
        assert door.raw("GET", path, headers={"If-None-Match": other}).status_code == 200


def test_range_of_another_content_is_answered_in_whole(media: dict[str, Any]) -> None:
    door, path = media["member"], f"review/{media['at']}"
    tag = door.raw("HEAD", path).headers["etag"]
    part = {"Range": "bytes=0-1"}
    assert door.raw("GET", path, headers={**part, "If-Range": tag}).status_code == 206
    for other in ('"other"', f"W/{tag}", "Wed, 21 Oct 2015 07:28:00 GMT"):
        assert door.raw("GET", path, headers={**part, "If-Range": other}).status_code == 200
    assert door.raw("GET", path, headers={**part, "If-Match": tag}).status_code == 206
    for other in ('"other"', f"W/{tag}"):
        assert door.raw("GET", path, headers={**part, "If-Match": other}).status_code == 412


def test_only_what_is_safe_is_shown(media: dict[str, Any]) -> None:
    def shown(name: str) -> tuple[str, str, bool]:
        answer = media["member"].raw("HEAD", f"review/{media[name]}")
        kind = answer.headers["content-disposition"].partition(";")[0]
        assert answer.headers["x-content-type-options"] == "nosniff"
        return kind, answer.headers["content-type"], answer.headers["content-security-policy"].endswith("sandbox")

    assert shown("at") == ("inline", "video/mp4", False)
    assert shown("reading") == ("inline", "application/pdf", True)
    assert shown("plan") == ("attachment", "application/pdf", True)
    assert shown("written") == ("attachment", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", True)
    assert shown("text") == ("attachment", "application/octet-stream", True)
    for name in ("at", "reading"):
        answer = media["member"].raw("HEAD", f"review/{media[name]}?save=1")
        assert answer.headers["content-disposition"].startswith("attachment")


def test_odd_name_is_whole_and_no_path(media: dict[str, Any]) -> None:
    said = media["member"].raw("HEAD", f"review/{media['written']}").headers["content-disposition"]
    plain, _, name = said.partition("; filename*=UTF-8''")
    assert plain == 'attachment; filename="file.docx"'
    assert unquote(name) == "แผน 🌾 ก..ข.docx"


def test_only_those_who_see_the_submission_have_its_files(media: dict[str, Any]) -> None:
    assert media["department"].raw("HEAD", f"office/{media['at']}").status_code == 200
    assert media["elsewhere"]("GET", f"office/{media['at']}", 404)["code"] == "upload_unknown"
    assert media["member"]("GET", f"review/{media['wrong']}", 404)["code"] == "upload_unknown"
    Door(None)("GET", f"review/{media['at']}", 401)


def test_conflict_takes_files_and_copies_out_of_reach(media: dict[str, Any]) -> None:
    door = media["member"]
    tag = door.raw("HEAD", f"review/{media['at']}").headers["etag"]
    with transaction() as session:
        factories.conflict(session, media["submission_id"], media["member_id"])
    for path in (media["at"], media["reading"]):
        assert door("GET", f"review/{path}", 404)["code"] == "upload_unknown"
    assert door.raw("GET", f"review/{media['at']}", headers={"If-None-Match": tag}).status_code == 404


def test_group_has_its_own_files_until_its_link_is_revoked(media: dict[str, Any]) -> None:
    own, other = linked(media["submission_id"]), linked(UUID(media["wrong"].split("/")[1]))
    path = f"/s/uploads/{media['clip_id']}/content"
    answer = own.get(path, headers={"Range": "bytes=-3"})
    assert (answer.status_code, answer.content) == (206, CONTENT[-3:])
    assert own.head(path).headers["content-length"] == str(len(CONTENT))
    assert other.get(path).status_code == 404
    with transaction() as session:
        session.execute(update(Credential).values(revoked_at=NOW))
    assert own.get(path).status_code == 401


def linked(submission_id: UUID) -> TestClient:
    """A program with a group's link."""
    with transaction() as session:
        token = factories.token_of(people.make_link(session, submission_id=submission_id))
    app = import_module("services.intake.app").app
    return TestClient(app, follow_redirects=False, headers={"Authorization": f"Bearer {token}"})


def test_object_that_is_missing_is_refused_and_not_half_sent(media: dict[str, Any]) -> None:
    assert media["member"]("GET", f"review/{media['gone']}", 404)["code"] == "object_missing"


def test_end_of_a_large_file_comes_without_the_rest(media: dict[str, Any], stack: dict[str, Any], tmp_path: Path) -> None:
    large, size = tmp_path / "large", 100 * MIB
    with large.open("wb") as file:
        file.truncate(size)
    store().put_file("uploads/large", large)
    with transaction() as session:
        session.execute(update(Upload).where(Upload.id == media["clip_id"]).values(object_key="uploads/large", size_bytes=size))

    def read_by_the_store() -> int:
        return int(Path(f"/proc/{stack['pids']['s3']}/io").read_text().split()[1])

    before, began = read_by_the_store(), perf_counter()
    answer = media["member"].raw("GET", f"review/{media['at']}", headers={"Range": f"bytes={size - MIB}-"})
    print(f"range at the end of 100 MiB: {(perf_counter() - began) * 1000:.0f} ms")
    assert (answer.status_code, len(answer.content)) == (206, MIB)
    assert read_by_the_store() - before < 4 * MIB


class _AskedOfTheStore(BaseHTTPRequestHandler):
    connections: list[int] = []  # noqa: RUF012  # one list for all requests of the server

    def do_GET(self) -> None:
        self.connections.append(database_engine().pool.checkedout())  # type: ignore[attr-defined]  # a queue pool has it
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def slow_store(media: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[type[_AskedOfTheStore]]:
    """A store that notes how many database connections are in use while it is asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _AskedOfTheStore)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(settings(), "s3_endpoint", f"http://127.0.0.1:{server.server_port}")
    store.cache_clear()
    yield _AskedOfTheStore
    store.cache_clear()
    server.shutdown()
    server.server_close()


def test_no_database_connection_waits_for_the_store(media: dict[str, Any], slow_store: type[_AskedOfTheStore]) -> None:
    assert media["member"].raw("GET", f"review/{media['at']}").content == CONTENT
    assert slow_store.connections == [0]


@pytest.fixture
def public(media: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The store's own address, told to be one that browsers reach."""
    monkeypatch.setattr(settings(), "s3_public_endpoint", settings().s3_endpoint)
    store.cache_clear()
    yield str(settings().s3_endpoint)
    store.cache_clear()


def test_store_that_browsers_reach_sends_the_file_itself(media: dict[str, Any], public: str) -> None:
    answer = media["member"].raw("GET", f"review/{media['at']}")
    assert (answer.status_code, answer.headers["cache-control"]) == (307, "private, no-store")
    address = answer.headers["location"]
    assert address.startswith(public)
    assert 0 < int(httpx2.URL(address).params["X-Amz-Expires"]) <= 15 * 60
    sent = httpx2.get(address)
    assert (sent.content == CONTENT, sent.headers["content-type"]) == (True, "video/mp4")
    assert sent.headers["content-disposition"].startswith("inline; filename=\"file.mp4\"; filename*=UTF-8''%E0%B8%84")
    assert httpx2.get(address.partition("?")[0]).is_client_error
    saved = httpx2.get(media["member"].raw("GET", f"review/{media['written']}").headers["location"])
    assert saved.headers["content-disposition"].startswith("attachment")
    # The address holds for GET alone.
    assert media["member"].raw("HEAD", f"review/{media['at']}").headers["content-length"] == str(len(CONTENT))
    assert media["elsewhere"]("GET", f"office/{media['at']}", 404)["code"] == "upload_unknown"


def test_pages_may_show_what_the_public_store_sends() -> None:
    policy = security("https://files.example.org:9000/some/path")["Content-Security-Policy"]
    assert "media-src 'self' blob: https://files.example.org:9000;" in policy
    assert "img-src 'self' data: blob: https://files.example.org:9000;" in policy
    assert "media-src 'self' blob:;" in security(None)["Content-Security-Policy"]


def test_sound_as_it_came_is_only_saved_and_its_copy_is_played(media: dict[str, Any]) -> None:
    came, copy = (media["member"].raw("HEAD", f"review/{media['talk']}/{name}").headers for name in ("content", "copies/sound"))
    assert (came["content-type"], came["content-disposition"][:10]) == ("audio/mpeg", "attachment")
    assert (copy["content-type"], copy["content-disposition"][:6]) == ("audio/mp4", "inline")
    assert "media-src 'self'" in copy["content-security-policy"]
