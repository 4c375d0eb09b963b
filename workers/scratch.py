"""Files on a worker's own disk: tools look at a local copy of an object, never at the store; what they make goes there under a new key."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time
from typing import Any
from uuid import uuid4

from shared.errors import Invalid, Unavailable
from shared.renditions.rendition import Rendition
from shared.settings import settings
from shared.storage import store
from shared.submissions.models import Upload

PREFIX = "omsap-job-"
MOMENT_SECONDS = 60.0


class ObjectChanged(Unavailable):
    """The object in the store is not what was received."""

    th = "ไฟล์ในที่เก็บมีค่าแฮช {found} ไม่ตรงกับไฟล์ที่ได้รับซึ่งมีค่าแฮช {expected}"
    en = "The object in the store has digest {found}, not {expected} as received."


class ScratchFull(Unavailable):
    """The worker's disk has not the room that a job may need."""

    th = "ดิสก์ของเครื่องประมวลผลเหลือไม่พอ ({folder} เหลือ {free_bytes} ไบต์ อาจต้องใช้ {needed_bytes} ไบต์) ระบบจะลองใหม่ โปรดแจ้งผู้ดูแลระบบ"
    en = "{folder} has {free_bytes} bytes left, and {needed_bytes} may be needed; it will be tried again. Please tell the operator."


class ObjectTooLarge(Invalid):
    """A job would need more of the disk than one may take here."""

    th = "ไฟล์ใหญ่เกินกว่าที่ระบบนี้จะทำไฟล์สำหรับดูให้ได้ (อาจต้องใช้ดิสก์ {needed_bytes} ไบต์ ใช้ได้ไม่เกิน {most_bytes} ไบต์) โปรดแจ้งผู้ดูแลระบบ"
    en = "{needed_bytes} bytes of disk may be needed for this file's copies; a job here may take {most_bytes}."


def make_sure_of_room(needed_bytes: int, *, most_bytes: int) -> None:
    """See that a job finds room on scratch disk before it takes any. Raises ObjectTooLarge, ScratchFull."""
    if needed_bytes > most_bytes:
        raise ObjectTooLarge(needed_bytes=needed_bytes, most_bytes=most_bytes)
    free = shutil.disk_usage(settings().scratch).free
    if free < needed_bytes:
        raise ScratchFull(folder=str(settings().scratch), free_bytes=free, needed_bytes=needed_bytes)


def kept(upload: Upload, content: bytes | Path, type_: str, **data: Any) -> Rendition:
    """Store what was made of an upload under a new key, from memory or from local disk; `data` are what is known of it."""
    key = f"copies/{upload.submission_id}/{uuid4()}.{type_}"
    if isinstance(content, Path):
        store().put_file(key, content)
        return Rendition(key=key, type=type_, size_bytes=content.stat().st_size, data=data)
    store().put(key, content)
    return Rendition(key=key, type=type_, size_bytes=len(content), data=data)


@contextmanager
def fetched(upload: Upload) -> Iterator[Path]:
    """Lay an upload's object on scratch disk, its digest checked on the way; it is gone afterwards. Raises ObjectChanged."""
    with _laid(upload.object_key) as (file, found):
        if found != upload.sha256:
            raise ObjectChanged(found=found, expected=upload.sha256)
        yield file


@contextmanager
def fetched_copy(copy: Rendition) -> Iterator[Path]:
    """Lay a copy on scratch disk; it is gone afterwards."""
    with _laid(copy.key) as (file, _):
        yield file


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Hold a folder as its job's own, for as long as this process lives at most; False when another process holds it."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        ours = True
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            ours = False
        yield ours
    finally:
        os.close(opened)


def _clear_abandoned(scratch: Path) -> None:
    """Remove the folders of workers that were killed: nobody holds them any more."""
    for folder in scratch.glob(f"{PREFIX}*"):
        with suppress(OSError):
            # A folder is made a moment before it is held.
            if time() - folder.stat().st_mtime > MOMENT_SECONDS:
                with _held(folder) as ours:
                    if ours:
                        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_folder() -> Iterator[Path]:
    """Make an empty folder on scratch disk; it is gone afterwards, and if the worker is killed when the next one makes its own."""
    _clear_abandoned(settings().scratch)
    with TemporaryDirectory(prefix=PREFIX, dir=settings().scratch) as folder, _held(Path(folder)):
        yield Path(folder)


@contextmanager
def _laid(key: str) -> Iterator[tuple[Path, str]]:
    """Lay an object on scratch disk, alone in a folder of its own, and return it with its SHA-256."""
    with own_folder() as folder:
        file, digest = folder / "file", hashlib.sha256()
        with file.open("wb") as out:
            for chunk in store().read(key):
                digest.update(chunk)
                out.write(chunk)
        yield file, digest.hexdigest()
