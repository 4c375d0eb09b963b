"""One group's program that speaks tus to a web process of intake."""

import base64
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

import factories
from factories.processes import Answer, Web
from shared.database import transaction
from shared.listing.standing import standings
from shared.people import operations as people
from shared.storage import store
from shared.submissions.models import Filing, Upload
from shared.submissions.sheet import Standing

MIB = 1024 * 1024
PART = 5 * MIB
FOREVER = [{"key": "hand_in", "label": {"th": "ส่ง", "en": "Hand in"}, "by": "2099-01-01T00:00:00+07:00"}]
ITEMS = [
    {"kind": "plan", "label": {"th": "แผน", "en": "Plan"}, "types": ["pdf"], "max_bytes": "1000000"},
    {"kind": "clip", "label": {"th": "คลิป", "en": "Clip"}, "types": ["mp4"], "max_bytes": str(600 * MIB), "max_seconds": "300"},
    {"kind": "photo", "label": {"th": "รูป", "en": "Photo"}, "types": ["jpg"], "max_bytes": "1000000", "max_files": "2", "required": "no"},
]


@dataclass
class Sender:
    """A group's program that speaks tus, as plainly as can be."""

    web: Web
    token: str
    submission: UUID
    extra: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, *, web: Web | None = None, **headers: str | None) -> Answer:
        """Ask with tus's version and the token; a header that is None is left out."""
        given = {"Tus-Resumable": "1.0.0", "Authorization": f"Bearer {self.token}", **self.extra}
        given |= {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        for name in [name for name, value in headers.items() if value is None]:
            given.pop(name.replace("_", "-"), None)
        return (web or self.web).ask(method, path, given, body)

    def metadata(self, **changes: str | None) -> str:
        """Upload-Metadata of a clip, with changes."""
        values = {"submission": str(self.submission), "kind": "clip", "filename": "คลิป.mp4", "filetype": "video/mp4", **changes}
        return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items() if value is not None)

    def create(self, size: int, **changes: str | None) -> Answer:
        """Begin an upload."""
        return self.ask("POST", "/api/intake/uploads", Upload_Length=str(size), Upload_Metadata=self.metadata(**changes))

    def begun(self, size: int, **changes: str | None) -> str:
        """Begin an upload that is taken; return its path."""
        answer = self.create(size, **changes)
        assert answer.status == 201, answer.body
        return answer.headers["location"]

    def patch(self, path: str, offset: int, body: bytes, *, web: Web | None = None, **headers: str | None) -> Answer:
        """Send bytes at an offset."""
        given: dict[str, Any] = {"Upload_Offset": str(offset), "Content_Type": "application/offset+octet-stream", **headers}
        return self.ask("PATCH", path, body, web=web, **given)

    def offset(self, path: str, *, web: Web | None = None) -> int:
        """Ask how much has arrived."""
        answer = self.ask("HEAD", path, web=web)
        assert answer.status == 200
        return answer.offset


def sender_of(web: Web, number: int = 1, *, status: Standing = Standing.INVITED, **changes: Any) -> Sender:
    """A group of a little programme that asks for a plan, a clip and photos."""
    with transaction() as session:
        programme = factories.programme(session, **{"milestones": FOREVER, "items": ITEMS, **changes})
        submission = factories.submissions(session, programme, 1, status=status, first=number)[0]
        token = factories.token_of(people.make_link(session, submission_id=submission.id))
    return Sender(web, token, submission.id)


def close(deadline: datetime, **changes: Any) -> None:
    """Have the deadline of all filings of the little programme, which gets an hour of grace, lie there."""
    with transaction() as session:
        programme = factories.programme(session, **{"milestones": FOREVER, "items": ITEMS, "grace_minutes": "60", **changes})
        session.execute(update(Filing).values(due_at=deadline, document_version=programme.version))


def upload_at(path: str) -> Upload:
    """The row of an upload."""
    with transaction() as session:
        return session.get_one(Upload, UUID(path.rpartition("/")[2]))


def standing_of(sender: Sender) -> Standing:
    """Where the submission is as a whole."""
    with transaction() as session:
        return standings(session, [sender.submission])[sender.submission]


def content_of(path: str) -> bytes:
    """The object of an upload."""
    return b"".join(store().read(upload_at(path).object_key))
