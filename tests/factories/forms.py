"""A plain form as a browser writes it, and a refusal as a program reads it."""

import json
import re
from typing import Any

from sqlalchemy import select

from factories.processes import Answer
from factories.tus import Sender
from shared.database import transaction
from shared.submissions.models import Upload

THAI = re.compile(r"[\u0e00-\u0e7f]")
BOUNDARY = "x-x-x"
FORM = f"multipart/form-data; boundary={BOUNDARY}"
PDF = b"%PDF-1.7\n"


def form(content: bytes, filename: str = "plan.pdf", *, field: str = "file", end: str = f"\r\n--{BOUNDARY}--\r\n") -> bytes:
    """A multipart form as a browser writes it: quotes and line ends of a name percent-encoded."""
    written = filename.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{written}"\r\nContent-Type: application/pdf\r\n\r\n'
    return head.encode() + content + end.encode()


def post(sender: Sender, kind: str = "plan", body: bytes = b"", **headers: str | None) -> Answer:
    """Send a plain form as a program."""
    path = f"/api/intake/submissions/{sender.submission}/items/{kind}"
    given: dict[str, Any] = {"Content_Type": FORM, **headers}
    return sender.ask("POST", path, body, **given)


def refusal(answer: Answer, status: int, code: str) -> dict[str, Any]:
    """Return a problem document that is as it should be: both languages, Thai by default, and a title, status and code."""
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json"), answer.body
    problem: dict[str, Any] = json.loads(answer.body)
    assert (problem["status"], problem["code"], problem["type"]) == (status, code, "about:blank")
    assert problem["title"]
    assert THAI.search(problem["detail_th"])
    assert problem["detail"] == problem["detail_th"]
    assert not THAI.search(problem["detail_en"].replace("แผน", "").replace("คลิป", ""))
    return problem


def uploads(sender: Sender) -> list[Upload]:
    """The uploads of a submission."""
    with transaction() as session:
        return list(session.scalars(select(Upload).where(Upload.submission_id == sender.submission).order_by(Upload.id)))
