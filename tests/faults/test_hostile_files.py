"""Files made to harm end within limits: nothing outside is read, nobody is asked, no worker is lost, the next group is served."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from factories.processes import Web
from factories.tus import FOREVER, Sender, sender_of, upload_at
from fuzz.containment import Ground, ground
from media import attacks, hostile_documents
from media.attacks import Bait
from media.corpus import media
from sqlalchemy import select

from deploy.local.background import BackgroundStack
from shared.database import session as database
from shared.database import transaction
from shared.queue import client
from shared.queue.models import Job
from shared.sandbox import capabilities
from shared.settings import settings
from shared.storage import store
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Upload
from shared.submissions.sheet import CHECKED
from shared.validation.sniffing import CLIPS, DOCUMENTS

ATTACKS = (*attacks.RECIPES, *hostile_documents.RECIPES)
QUICK = {
    # Files that would have our tools read another file, or ask somebody.
    *("hls-network.mp4", "dash-behind-ftyp-file.mp4", "reference-movie-file.mov", "dref-alias-network.mov", "ass-file.mkv"),
    *("linked-template-network.docx", "outside-entity-file.docx", "goes-elsewhere-file.pdf", "postscript-file.jpg"),
    # Files that would use up a machine.
    *("h264-grows-to-8192.mp4", "two-thousand-streams.mov", "boxes-in-tracks.mp4", "samples-4-billion.mp4", "seek-to-itself.mkv"),
    *("asks-network.xlsx", "laughs.xlsx", "bomb-in-bomb.zip", "link.zip"),
    *("bomb-that-says-less.docx", "laughs.odt", "pages-2-to-the-60.pdf", "60000-wide.png"),
    # Files that are something else, and one that acts by itself.
    *("clip-and-archive.mp4", "acts-script.pdf"),
}
"""Of each way to do harm some, in every `make test`; the rest in `make test-all`."""
LEADING_AWAY = (*attacks.references(Bait()), *hostile_documents.references(Bait()))
SHARES = 4
PATIENCE = 120.0
NEEDED = ("nice", "prlimit", "ffprobe", "ffmpeg", "soffice")


def marks_of(name: str) -> tuple[pytest.MarkDecorator, ...]:
    """Say when an attack is tried, and divide them among processes of tests."""
    share = pytest.mark.xdist_group(f"attacks {ATTACKS.index(name) % SHARES}")
    return (share,) if name in QUICK else (share, pytest.mark.thorough)


@pytest.fixture(scope="module")
def field(stack: dict[str, Any]) -> Iterator[Ground]:
    with pytest.MonkeyPatch.context() as patch, ground() as made:
        # Less than an installation's own, so that attacks that use up all they may are over sooner.
        patch.setattr(settings(), "sandbox_cpu_seconds", 12)
        yield made


@pytest.mark.attacks
@pytest.mark.parametrize("name", [pytest.param(name, marks=marks_of(name)) for name in ATTACKS])
def test_attack_is_contained(field: Ground, name: str) -> None:
    assert field.attack(name).wrong == []


@pytest.fixture
def without_jail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which bubblewrap is not installed."""
    for tool in NEEDED:
        if (found := shutil.which(tool)) is not None:
            (tmp_path / tool).symlink_to(found)
    monkeypatch.setenv("PATH", str(tmp_path))
    capabilities.status.cache_clear()
    assert not capabilities.status().confined
    yield
    capabilities.status.cache_clear()


@pytest.mark.attacks
@pytest.mark.thorough
@pytest.mark.parametrize("name", [name for name in LEADING_AWAY if name.endswith(("mp4", "mov", "mkv", "pdf", "jpg", "png"))])
def test_attack_leads_nowhere_even_where_there_is_no_jail(field: Ground, without_jail: None, name: str) -> None:
    assert field.attack(name).wrong == []


ITEMS = [
    {"kind": kind, "label": {"th": "ไฟล์", "en": "File"}, "types": sorted(types), "max_bytes": "100000000", "max_files": "50"}
    for kind, types in (("clip", CLIPS), ("plan", DOCUMENTS))
]
SENT = (
    *("two-thousand-streams.mov", "chunks-4-billion.mp4", "boxes-in-boxes.mp4", "million-packets.mp4", "h264-16384.mp4", "png-16000.mov"),
    *("dash-behind-ftyp-network.mp4", "seek-to-itself.mkv", "bomb-of-names.docx", "laughs.docx", "bomb-many.docx", "65500-wide.jpg"),
    *("million-pages-of-itself.pdf", "pages-2-to-the-60.pdf", "arrays-in-arrays.pdf", "bomb.pdf"),
)
HARMLESS = ("laughs.docx", "bomb.pdf", "million-packets.mp4")
"""Of them, what is taken: it is read as it stands, and held against no limit of this programme."""
NAMES = ("../../../../etc/cron.d/x.mp4", "\U0001f4a3\U0001f3ac.mp4", "\u202e4pm.exe.mp4", "'; rm -rf $HOME; '.mp4", "a" * 200 + ".mp4")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackgroundStack]:
    """The whole stack, and this process's settings pointing at it."""

    def forget() -> None:
        for known in (settings, database.engine, client.application, store):
            known.cache_clear()

    before = dict(os.environ)
    live = BackgroundStack(tmp_path_factory.mktemp("hostile"))
    os.environ.update(live.description["environment"])
    forget()
    yield live
    database.engine().dispose()
    os.environ.clear()
    os.environ.update(before)
    forget()
    live.discard()


def sent(sender: Sender, content: bytes, name: str) -> str:
    """Send a file by tus; return its path."""
    path = sender.begun(len(content), filename=name, kind="plan" if name.rpartition(".")[2] in DOCUMENTS else "clip")
    assert sender.patch(path, 0, content).status == 204
    return path


def checked(path: str) -> Upload:
    """Wait until a file was looked at."""
    until = monotonic() + PATIENCE
    while (upload := upload_at(path)).status not in CHECKED:
        assert monotonic() < until, f"{upload.filename} is {upload.status}"
        sleep(0.2)
    return upload


@pytest.mark.attacks
@pytest.mark.thorough
def test_workers_outlive_hostile_files_and_check_the_next_honest_clip(running: BackgroundStack, tmp_path: Path) -> None:
    described = running.describe()
    workers = described["pids"]["worker.validation"]
    port = int(described["base_url"].rpartition(":")[2])
    sender = sender_of(Web(port, None), items=ITEMS, milestones=FOREVER)  # type: ignore[arg-type]  # the stack owns the process
    recipes, paths = {**attacks.RECIPES, **hostile_documents.RECIPES}, {}
    for name in SENT:
        recipes[name](tmp_path / name)
        paths[name] = sent(sender, (tmp_path / name).read_bytes(), name)
    honest = media("h264.mp4").read_bytes()
    for name in NAMES:
        paths[name] = sent(sender, honest, name)
    status = {name: checked(path).status for name, path in paths.items()}
    assert {name for name in status if status[name] == UploadStatus.PASSED} == {*NAMES, *HARMLESS}
    assert running.describe()["pids"]["worker.validation"] == workers
    with transaction() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "validation.check_upload")).all()
    assert {(job.state, job.attempts) for job in jobs} == {("done", 1)}
    assert not Path("/etc/cron.d/x.mp4").exists()
