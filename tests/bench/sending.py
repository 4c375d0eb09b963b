"""Groups that send, and the one tus client of all measurements: as plain as can be, so that the server is what is measured."""

import base64
import http.client
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import factories

from shared.database import transaction
from shared.people import operations as people
from shared.submissions.sheet import Standing

OURS = "/api/intake/uploads"
BLOCK = 256 * 1024
TIMEOUT = 300.0
FOREVER = [{"key": "hand_in", "label": {"th": "ส่ง", "en": "Hand in"}, "by": "2099-01-01T00:00:00+07:00"}]


class NotTaken(RuntimeError):
    """A server refused what was sent; carries its answer."""


@dataclass(frozen=True, slots=True)
class Sender:
    """A group that may send as many large files as it likes."""

    token: str
    submission: UUID
    kind: str


def senders(count: int, *, first: int = 1, kind: str = "photo", type_: str = "jpg") -> list[Sender]:
    """Make groups of a programme that asks for files of one kind, numbered from `first`."""
    items = [{"kind": kind, "label": {"th": "ไฟล์", "en": "File"}, "types": [type_], "max_bytes": str(2**40), "max_files": "1000"}]
    with transaction() as session:
        programme = factories.programme(session, items=items, milestones=FOREVER)
        made = factories.submissions(session, programme, count, status=Standing.INVITED, first=first)
        return [
            Sender(factories.token_of(people.make_link(session, submission_id=submission.id)), submission.id, kind) for submission in made
        ]


@dataclass(slots=True)
class Door:
    """Where a tus server takes uploads, and what it wants to know of them."""

    port: int
    path: str = OURS
    headers: dict[str, str] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)

    def connect(self) -> http.client.HTTPConnection:
        """A connection to it."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT, blocksize=BLOCK)

    def begin(self, connection: http.client.HTTPConnection, name: str, size: int) -> str:
        """Create an upload; return its path. Raises NotTaken."""
        values = {**self.metadata, "filename": name, "filetype": "application/octet-stream"}
        metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())
        answer = self._ask(
            connection, "POST", self.path, 201, {"Upload-Length": str(size), "Upload-Metadata": metadata, "Content-Length": "0"}
        )
        return "/" + (answer["Location"] or "").split("://")[-1].partition("/")[2]

    def offset(self, path: str) -> int:
        """Ask on a new connection how much has arrived. Raises NotTaken."""
        connection = self.connect()
        answer = self._ask(connection, "HEAD", path, 200, {})
        connection.close()
        return int(answer["Upload-Offset"] or -1)

    def patch(self, connection: http.client.HTTPConnection, path: str, offset: int, size: int, body: "bytes | Iterable[bytes]") -> None:
        """Send so many bytes at an offset, and wait for the answer. Raises NotTaken."""
        answer = self._ask(connection, "PATCH", path, 204, self.patch_headers(offset, size), body)
        if answer["Upload-Offset"] != str(offset + size):
            raise NotTaken(f"{path} is at {answer['Upload-Offset']} instead of {offset + size}")

    def patch_headers(self, offset: int, size: int) -> dict[str, str]:
        """The headers of a PATCH."""
        return self._headers({"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream", "Content-Length": str(size)})

    def send(self, file: Path, *, chunk: int | None = None) -> str:
        """Send a file on one connection, by one PATCH or by as many as it has chunks; return its path. Raises NotTaken."""
        size, connection = file.stat().st_size, self.connect()
        path = self.begin(connection, file.name, size)
        with file.open("rb") as body:
            if chunk is None:
                self.patch(connection, path, 0, size, body)
            else:
                while content := body.read(chunk):
                    self.patch(connection, path, body.tell() - len(content), len(content), content)
        connection.close()
        return path

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Tus-Resumable": "1.0.0", **self.headers, **more}

    def _ask(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        expected: int,
        headers: dict[str, str],
        body: "bytes | Iterable[bytes] | None" = None,
    ) -> http.client.HTTPMessage:
        connection.request(method, path, body=body, headers=self._headers(headers))
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != expected:
            raise NotTaken(f"{method} {path}: {answer.status} {said[:300]!r}")
        return answer.headers


def door_of(sender: Sender, port: int) -> Door:
    """Intake's door for a group."""
    return Door(port, OURS, {"Authorization": f"Bearer {sender.token}"}, {"submission": str(sender.submission), "kind": sender.kind})
