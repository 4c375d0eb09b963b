"""Bring the files of one submission to the server: what is there already is not sent again, what is there in part is sent on."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from services.client import tus
from services.client.server import NoAnswer, Server
from shared.errors import Unavailable
from shared.submissions.lifecycle import FilingStatus, UploadStatus
from shared.submissions.sheet import ARRIVED, CHECKED, FILING_SHEET
from shared.submissions.uploads.beginning import label_of

CHECKS_SECONDS = 900.0
"""How long the checks of files are waited for."""
LOOK_SECONDS = 1.0


class ChecksTakeLong(Unavailable):
    """The files are there; their checks are not done."""

    th = "ไฟล์ส่งถึงครบแล้ว แต่ยังตรวจไม่เสร็จ โปรดสั่งคำสั่งเดิมอีกครั้งภายหลัง หรือดูที่ {page}"
    en = "All files have arrived, but their checks are not done. Run the same command again later, or look at {page}"


class ArrivedOtherwise(Unavailable):
    """What arrived is not the file that was sent."""

    th = "ไฟล์ {filename} ถึงปลายทางไม่ตรงกับต้นฉบับ อาจมีผู้แก้ไขหรือส่งไฟล์อื่นแทนในระหว่างนั้น โปรดสั่งคำสั่งเดิมอีกครั้ง"
    en = "{filename} did not arrive as it is here: it was changed, or another file was sent in its place. Run the same command again."


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file to be sent as an item; `filename` is how the server will show it."""

    kind: str
    path: Path
    filename: str
    size: int
    sha256: str


def outgoing(kind: str, path: Path) -> Outgoing:
    """Look at a file on disk."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Outgoing(kind, path, label_of(path.name), path.stat().st_size, digest)


def bring(server: Server, file: Outgoing, *, moved: Callable[[int], None]) -> None:
    """Have one file arrive whole, and tell `moved` how many bytes of it have. Raises Refused, ServerAway, ArrivedOtherwise."""
    if not _is_there(server.submission(), file):
        upload_id = _upload_of(server, file)
        tus.send(server, upload_id, file.path, moved=moved)
        _await_arrival(server, upload_id, file)
    moved(file.size)


def checked(server: Server) -> dict[str, Any]:
    """Wait until every file that arrived is checked; return the submission. Raises Refused, ServerAway, ChecksTakeLong."""
    until = monotonic() + CHECKS_SECONDS
    while True:
        submission = server.submission()
        if all(upload["state"] in CHECKED for upload in uploads(submission) if upload["state"] in ARRIVED):
            return submission
        if monotonic() > until:
            raise ChecksTakeLong(page=server.page)
        sleep(LOOK_SECONDS)


def uploads(submission: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the files of all items, each with its item's `kind` and `label`."""
    return [{**upload, "kind": item["kind"], "label": item["label"]} for item in submission["items"] for upload in item["uploads"]]


def is_to_submit(submission: dict[str, Any]) -> bool:
    """Say whether what the submission is asked waits to be submitted, or was changed since."""
    asked = next((stage for stage in submission["stages"] if stage["key"] == submission["stage"]), None)
    return asked is not None and (submission["has_changes"] or FILING_SHEET[FilingStatus(asked["state"])].may_submit)


def _is_there(submission: dict[str, Any], file: Outgoing) -> bool:
    return any(
        upload["kind"] == file.kind and upload["sha256"] == file.sha256 for upload in uploads(submission) if upload["state"] in ARRIVED
    )


def _upload_of(server: Server, file: Outgoing) -> str:
    """Return the upload of a file that was begun, by this command before or by anyone with the link; else begin one."""
    patience = server.patience()
    while True:
        for upload in uploads(server.submission()):
            same = (upload["kind"], upload["filename"], upload["size_bytes"]) == (file.kind, file.filename, file.size)
            if same and upload["state"] == UploadStatus.RECEIVING:
                return str(upload["id"])
        try:
            return tus.begin(server, kind=file.kind, filename=file.filename, size=file.size)
        except NoAnswer as reason:
            patience.wait(reason)


def _await_arrival(server: Server, upload_id: str, file: Outgoing) -> None:
    """Wait until the server has put the file away, and see that it is the same. Raises ArrivedOtherwise, ChecksTakeLong."""
    until = monotonic() + CHECKS_SECONDS
    while True:
        found = next((upload for upload in uploads(server.submission()) if upload["id"] == upload_id), None)
        if found is None or (found["state"] in ARRIVED and found["sha256"] != file.sha256):
            raise ArrivedOtherwise(filename=file.filename)
        if found["state"] in ARRIVED:
            return
        if monotonic() > until:
            raise ChecksTakeLong(page=server.page)
        sleep(LOOK_SECONDS)
