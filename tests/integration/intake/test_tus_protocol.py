"""tus 1.0.0, header by header."""

import base64
import hashlib
import json
import os
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from uuid import uuid4

import pytest
from factories.processes import Web
from factories.tus import PART, Sender, content_of, sender_of, standing_of, upload_at
from sqlalchemy import select

from shared.database import transaction
from shared.queue.models import Job
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.sheet import Standing

AT = "/api/intake/uploads"
TYPE = "application/offset+octet-stream"
PAST = [{"key": "hand_in", "label": {"th": "ส่ง", "en": "Hand in"}, "by": "2020-01-01T00:00:00+07:00"}]


def code(answer_body: bytes) -> str:
    return str(json.loads(answer_body)["code"])


def test_server_says_what_it_can(web: Web) -> None:
    answer = web.ask("OPTIONS", AT)
    assert answer.status == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-extension"].split(",") == ["creation", "creation-with-upload", "termination", "expiration", "checksum"]
    assert "sha1" in answer.headers["tus-checksum-algorithm"].split(",")


def test_file_below_one_part_arrives(sender: Sender) -> None:
    content = os.urandom(70_000)
    path = sender.begun(len(content))
    assert standing_of(sender) == Standing.OPEN
    answer = sender.patch(path, 0, content)
    assert (answer.status, answer.offset, answer.headers["tus-resumable"]) == (204, len(content), "1.0.0")
    upload = upload_at(path)
    assert (upload.status, upload.sha256) == (UploadStatus.RECEIVED, hashlib.sha256(content).hexdigest())
    assert (upload.filename, upload.lease_token) == ("คลิป.mp4", None)
    assert content_of(path) == content
    with transaction() as session:
        assert session.scalars(select(Job.kind).where(Job.subject_id == upload.id)).all() == ["validation.check_upload"]


def test_file_of_many_parts_and_pieces_arrives(sender: Sender) -> None:
    content = os.urandom(2 * PART + 1_000_001)
    path, at = sender.begun(len(content)), 0
    for size in (1, 999_999, PART, 0, PART - 1, 7, len(content)):
        piece = content[at : at + size]
        assert sender.patch(path, at, piece).offset == at + len(piece)
        at += len(piece)
        assert sender.offset(path) == at
    assert content_of(path) == content
    assert upload_at(path).sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("size", [PART - 1, PART, PART + 1, 2 * PART])
def test_file_around_the_size_of_a_part_arrives(sender: Sender, size: int) -> None:
    content = os.urandom(size)
    path = sender.begun(size)
    assert sender.patch(path, 0, content).offset == size
    assert content_of(path) == content
    assert upload_at(path).sha256 == hashlib.sha256(content).hexdigest()


def test_creation_with_upload(sender: Sender) -> None:
    answer = sender.ask("POST", AT, b"0123", Upload_Length="10", Upload_Metadata=sender.metadata(), Content_Type=TYPE)
    assert (answer.status, answer.offset) == (201, 4)
    path = answer.headers["location"]
    assert sender.patch(path, 4, b"456789").offset == 10
    assert content_of(path) == b"0123456789"


def test_head_says_offset_length_and_expiry(sender: Sender) -> None:
    path = sender.begun(10)
    sender.patch(path, 0, b"012")
    answer = sender.ask("HEAD", path)
    assert answer.status == 200
    assert {name: answer.headers[name] for name in ("upload-offset", "upload-length", "cache-control", "tus-resumable")} == {
        "upload-offset": "3",
        "upload-length": "10",
        "cache-control": "no-store",
        "tus-resumable": "1.0.0",
    }
    assert parsedate_to_datetime(answer.headers["upload-expires"]) > datetime.now(UTC)


def test_head_gives_metadata_back(sender: Sender) -> None:
    answer = sender.ask("HEAD", sender.begun(10))
    pairs = dict(pair.split(" ") for pair in answer.headers["upload-metadata"].split(","))
    assert base64.b64decode(pairs["filename"]).decode() == "คลิป.mp4"
    assert base64.b64decode(pairs["kind"]) == b"clip"


@pytest.mark.parametrize("version", [None, "0.2.2"])
@pytest.mark.parametrize("method", ["POST", "HEAD", "PATCH", "DELETE"])
def test_other_version_is_412(sender: Sender, method: str, version: str | None) -> None:
    path = AT if method == "POST" else f"{AT}/{uuid4()}"
    answer = sender.ask(method, path, Tus_Resumable=version)
    assert (answer.status, answer.headers["tus-version"]) == (412, "1.0.0")


def test_other_content_type_is_415(sender: Sender) -> None:
    path = sender.begun(4)
    answer = sender.patch(path, 0, b"0123", Content_Type="video/mp4")
    assert (answer.status, answer.headers["content-type"], answer.headers["tus-resumable"]) == (415, "application/problem+json", "1.0.0")
    assert sender.offset(path) == 0


@pytest.mark.parametrize("offset", ["3", "5"])
def test_other_offset_is_409(sender: Sender, offset: str) -> None:
    path = sender.begun(10)
    sender.patch(path, 0, b"0123")
    answer = sender.patch(path, 0, b"45", Upload_Offset=offset)
    assert answer.status == 409
    assert sender.offset(path) == 4


def test_patch_of_what_has_arrived_is_idempotent(sender: Sender) -> None:
    path = sender.begun(4)
    sender.patch(path, 0, b"0123")
    assert (sender.patch(path, 4, b"").status, sender.patch(path, 0, b"0123").status) == (204, 409)
    assert sender.offset(path) == 4


@pytest.mark.parametrize("offset", [None, "-1", "0x10", "9" * 30, "1.5"])
def test_offset_that_is_no_number_is_400(sender: Sender, offset: str | None) -> None:
    path = sender.begun(4)
    answer = sender.patch(path, 0, b"0123", Upload_Offset=offset)
    assert (answer.status, code(answer.body)) == (400, "offset_needed")
    assert sender.offset(path) == 0


def test_more_than_announced_is_413(sender: Sender) -> None:
    path = sender.begun(4)
    assert sender.patch(path, 0, b"01234567").status == 413
    assert sender.offset(path) <= 4
    assert upload_at(path).status == UploadStatus.RECEIVING


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
@pytest.mark.parametrize("id_", ["6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "nothing", "../x"])
def test_unknown_upload_is_404(sender: Sender, method: str, id_: str) -> None:
    answer = sender.ask(method, f"{AT}/{id_}", Upload_Offset="0", Content_Type=TYPE)
    assert answer.status == 404


def test_other_groups_upload_and_submission_are_404(sender: Sender, web: Web) -> None:
    other = sender_of(web, 2)
    path = other.begun(10)
    for method in ("HEAD", "PATCH", "DELETE"):
        assert sender.ask(method, path, Upload_Offset="0", Content_Type=TYPE).status == 404
    assert sender.create(10, submission=str(other.submission)).status == 404
    assert other.offset(path) == 0


def test_nobody_is_401(sender: Sender) -> None:
    assert sender.ask("HEAD", sender.begun(10), Authorization=None).status == 401
    assert sender.ask("POST", AT, Authorization="Bearer nobody", Upload_Length="1", Upload_Metadata=sender.metadata()).status in (401, 404)


@pytest.mark.parametrize(
    ("size", "changes", "status", "said"),
    [
        ("10", {"kind": "song"}, 422, "item_unknown"),
        ("10", {"kind": None}, 422, "metadata_invalid"),
        ("10", {"submission": None}, 422, "metadata_invalid"),
        ("10", {"submission": "7"}, 422, "metadata_invalid"),
        ("10", {"filename": None}, 422, "metadata_invalid"),
        ("0", {}, 422, "file_empty"),
        ("", {}, 422, "length_needed"),
        ("-1", {}, 422, "length_needed"),
        ("1000001", {"kind": "plan"}, 413, "file_too_large"),
        ("9999999999999999999999", {}, 422, "length_needed"),
    ],
)
def test_creation_is_refused(sender: Sender, size: str, changes: dict[str, str | None], status: int, said: str) -> None:
    answer = sender.ask("POST", AT, Upload_Length=size, Upload_Metadata=sender.metadata(**changes))
    problem = json.loads(answer.body)
    assert (answer.status, problem["code"], answer.headers["tus-resumable"]) == (status, said, "1.0.0")
    assert problem["detail_th"] != problem["detail_en"]
    assert standing_of(sender) == Standing.INVITED


def test_unknown_kind_names_those_that_are_asked_for(sender: Sender) -> None:
    problem = json.loads(sender.create(10, kind="song").body)
    assert all(kind in problem["detail_en"] for kind in ("plan", "clip", "photo"))


def test_metadata_that_is_not_base64_is_422(sender: Sender) -> None:
    answer = sender.ask("POST", AT, Upload_Length="1", Upload_Metadata="submission %%%,kind x")
    assert (answer.status, code(answer.body)) == (422, "metadata_invalid")


@pytest.mark.parametrize("status", [Standing.SUBMITTED, Standing.ACCEPTED, Standing.NOT_SHORTLISTED])
def test_what_was_submitted_takes_no_files_after_the_deadline(web: Web, clean: None, status: Standing) -> None:
    answer = sender_of(web, status=status, milestones=PAST).create(10)
    assert (answer.status, code(answer.body)) == (409, "already_handed_in")


def test_what_was_submitted_takes_files_for_the_next_version_until_the_deadline(web: Web, clean: None) -> None:
    assert sender_of(web, status=Standing.SUBMITTED).create(10).status == 201


def test_after_the_deadline_is_409(web: Web, clean: None) -> None:
    answer = sender_of(web, milestones=PAST).create(10)
    assert (answer.status, code(answer.body)) == (409, "deadline_passed")


DIGESTS: dict[str, Callable[[bytes], bytes]] = {
    "sha1": lambda content: hashlib.sha1(content, usedforsecurity=False).digest(),
    "sha256": lambda content: hashlib.sha256(content).digest(),
    "md5": lambda content: hashlib.md5(content, usedforsecurity=False).digest(),
    "crc32": lambda content: zlib.crc32(content).to_bytes(4, "big"),
}


@pytest.mark.parametrize("algorithm", DIGESTS)
def test_checksum_that_matches_is_taken_and_one_that_does_not_is_460(sender: Sender, algorithm: str) -> None:
    path, first, rest = sender.begun(900_000), os.urandom(400_000), os.urandom(500_000)

    def checksum(content: bytes) -> str:
        return f"{algorithm} {base64.b64encode(DIGESTS[algorithm](content)).decode()}"

    assert sender.patch(path, 0, first, Upload_Checksum=checksum(first)).offset == 400_000
    assert sender.patch(path, 400_000, rest, Upload_Checksum=checksum(first)).status == 460
    assert sender.offset(path) == 400_000
    assert sender.patch(path, 400_000, rest, Upload_Checksum=checksum(rest)).offset == 900_000
    assert content_of(path) == first + rest


def test_checksum_by_an_unknown_algorithm_is_400(sender: Sender) -> None:
    path = sender.begun(4)
    assert sender.patch(path, 0, b"0123", Upload_Checksum="whirlpool MDEyMw==").status == 400
    assert sender.patch(path, 0, b"0123", Upload_Checksum="sha1").status == 400
    assert sender.offset(path) == 0


def test_sender_that_can_not_use_a_method_says_it_in_a_header(sender: Sender) -> None:
    path = sender.begun(4)
    assert sender.ask("POST", path, b"0123", X_HTTP_Method_Override="PATCH", Upload_Offset="0", Content_Type=TYPE).offset == 4
    assert sender.ask("POST", path, X_HTTP_Method_Override="HEAD").offset == 4
    assert sender.ask("POST", path, X_HTTP_Method_Override="MOVE").status == 405
    gone = sender.begun(4)
    assert sender.ask("POST", gone, X_HTTP_Method_Override="DELETE").status == 204
    assert sender.ask("HEAD", gone).status == 410


def test_terminated_upload_is_410(sender: Sender) -> None:
    path = sender.begun(PART + 10)
    sender.patch(path, 0, os.urandom(PART + 5))
    assert sender.ask("DELETE", path).status == 204
    assert upload_at(path).multipart_id is None
    assert [sender.ask("HEAD", path).status, sender.patch(path, PART + 5, b"01234").status] == [410, 410]


def test_file_that_arrived_can_not_be_taken_back(sender: Sender) -> None:
    path = sender.begun(4)
    sender.patch(path, 0, b"0123")
    assert sender.ask("DELETE", path).status in (404, 409)
    assert content_of(path) == b"0123"


def test_later_file_takes_the_place_of_the_earlier(sender: Sender) -> None:
    paths = [sender.begun(4) for _ in range(2)]
    for path in paths:
        sender.patch(path, 0, b"0123")
    assert [upload_at(path).replaced_at is None for path in paths] == [False, True]


def test_item_of_several_files_keeps_several(sender: Sender) -> None:
    paths = [sender.begun(4, kind="photo") for _ in range(2)]
    for path, content in zip(paths, (b"0123", b"4567"), strict=True):
        sender.patch(path, 0, content)
    assert [upload_at(path).replaced_at for path in paths] == [None, None]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\clips\\my clip.mp4", "my clip.mp4"),
        ("a\r\nSet-Cookie: x\u202e.mp4", "aSet-Cookie: x.mp4"),
        ("..", "file"),
    ],
)
def test_filename_is_a_label(sender: Sender, given: str, kept: str) -> None:
    upload = upload_at(sender.begun(4, filename=given))
    assert upload.filename == kept
    assert "passwd" not in upload.object_key
