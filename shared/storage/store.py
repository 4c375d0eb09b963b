"""What the system asks of an object store."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a multipart upload that lies in the store."""

    number: int
    size_bytes: int
    etag: str


class Store(Protocol):
    """Immutable objects under generated keys. Every method may raise StoreUnavailable."""

    def put(self, key: str, content: bytes | bytearray) -> None:
        """Store a whole object."""

    def put_file(self, key: str, file: Path) -> None:
        """Store a whole object from local disk, in parts where it is large."""

    def begin(self, key: str) -> str:
        """Begin a multipart upload; return its id."""

    def put_part(self, key: str, multipart_id: str, number: int, content: bytes | bytearray) -> Part:
        """Store one part (numbers from 1; all but the last of one size)."""

    def complete(self, key: str, multipart_id: str, parts: Sequence[Part]) -> None:
        """Make the parts the object. Doing it again is right; an object of another size is StoreUnavailable."""

    def abort(self, key: str, multipart_id: str) -> None:
        """Give a multipart upload and its parts up; one that is gone is fine."""

    def size(self, key: str) -> int:
        """Return the size of an object in bytes. Raises ObjectMissing."""

    def read(self, key: str, *, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Yield `length` bytes from `start` (all to the end if None). Raises ObjectMissing at the first step."""

    def address(self, key: str, *, seconds: int, media_type: str, disposition: str) -> str | None:
        """Return a presigned address for GET that browsers reach for so long, None when none is configured.

        The answer has that Content-Type and Content-Disposition, whatever the object was stored with.
        """

    def delete(self, key: str) -> None:
        """Delete an object; one that is gone is fine."""

    def ready(self) -> None:
        """Return if the bucket answers."""
