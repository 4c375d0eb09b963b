"""The protocol of an object store: everything the system needs of one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Part:
    """A stored part of a multipart upload."""

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
        """Store one part. Numbers count from 1; all parts but the last have the same size."""

    def complete(self, key: str, multipart_id: str, parts: Sequence[Part]) -> None:
        """Make the object of the parts. It may be repeated. Raises StoreUnavailable also when the object has another size."""

    def abort(self, key: str, multipart_id: str) -> None:
        """Delete a multipart upload and its parts; one that does not exist is fine."""

    def size(self, key: str) -> int:
        """Return the size of an object in bytes. Raises ObjectMissing."""

    def read(self, key: str, *, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Yield `length` bytes from `start` (all to the end if None). Raises ObjectMissing at the first step."""

    def address(self, key: str, *, seconds: int, media_type: str, disposition: str) -> str | None:
        """Return a presigned URL for GET that is valid for `seconds`, None if no endpoint that browsers reach is configured.

        The store answers it with this Content-Type and Content-Disposition, whatever the object was stored with.
        """

    def delete(self, key: str) -> None:
        """Delete an object; one that does not exist is fine."""

    def ready(self) -> None:
        """Check that the bucket answers."""
