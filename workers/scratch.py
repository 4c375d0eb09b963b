"""Files on a worker's own disk: tools look at a local copy of an object, never at the store; what they make goes there under a new key."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from shared.copies.copy import Copy
from shared.errors import Unavailable
from shared.settings import settings
from shared.storage import store
from shared.submissions.models import Upload


class ObjectChanged(Unavailable):
    """The object in the store is not what was received."""

    th = "ไฟล์ในที่เก็บไม่ตรงกับไฟล์ที่ได้รับ"
    en = "The object in the store has digest {found}, not {expected} as received."


def kept(upload: Upload, content: bytes | Path, type_: str, **data: Any) -> Copy:
    """Store what was made of an upload under a new key, from memory or from local disk; `data` are what is known of it."""
    key = f"copies/{upload.submission_id}/{uuid4()}.{type_}"
    if isinstance(content, Path):
        store().put_file(key, content)
        return Copy(key=key, type=type_, size_bytes=content.stat().st_size, data=data)
    store().put(key, content)
    return Copy(key=key, type=type_, size_bytes=len(content), data=data)


@contextmanager
def fetched(upload: Upload) -> Iterator[Path]:
    """Lay an upload's object on scratch disk, its digest checked on the way; it is gone afterwards. Raises ObjectChanged."""
    with TemporaryDirectory(prefix="omsap-", dir=settings().scratch) as folder:
        file, digest = Path(folder) / "file", hashlib.sha256()
        with file.open("wb") as out:
            for chunk in store().read(upload.object_key):
                digest.update(chunk)
                out.write(chunk)
        if digest.hexdigest() != upload.sha256:
            raise ObjectChanged(found=digest.hexdigest(), expected=upload.sha256)
        yield file
