"""Whether an attack is contained: it ends within the limits, nothing outside is read, and nobody is asked."""

import json
import secrets
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import structlog
from factories.canary import Canary, canary
from media import attacks, hostile_documents
from media.attacks import Bait, Recipe
from structlog.testing import capture_logs

from fuzz.judging import judged
from shared.sandbox import ToolFailed, ToolKilled, ToolTimedOut
from shared.settings import settings
from shared.tools import media, reading_copies, transcoding
from shared.validation.facts import ClipFacts
from shared.validation.sniffing import CLIPS

SECONDS_OF_OTHERS = 13
"""How long the clip of another group is, which some attacks would have us measure."""
SLACK_SECONDS = 10.0
"""Beside the tools' own time: other work on the machine."""
TOOLS_MOST = 2
"""Tools that one inspection starts at most."""
WORKER_BYTES = 192 * 1024 * 1024
"""What an inspection may add to a worker's own memory."""
LOOK_SECONDS = 0.02


HARMLESS = (
    # The clip in it is real and is measured; what lies beside it is nobody's business, or is never followed.
    "dash-in-a-box-*", "dref-url-*", "dref-urn-*", "dref-fork-*", "clip-and-*", "chunks-in-the-header.mp4",
    "chunks-loop.mp4", "fragments-index-itself.mp4",
    # Found when a picture is decoded, under the same limits: such a clip gets no copy to watch.
    "*-called-16.*", "*-grows-to-8192.*", "65535-wide.mov",
    # Entities are never followed, parts in parts never opened, names in an archive never used: its text is read as it stands.
    "outside-entity*", "laughs*", "bomb-just-allowed.docx", "bomb-in-bomb.docx", "marks-unended.docx", "names-outside.docx",
    "bomb-of-strings.xlsx", "archive-and-plan.pdf", "plan-and-archive.pdf", "web-page-and-plan.pdf", "scan-and-*", "15000-wide.png",
    # What is left of its pages is put together again.
    "?-tenths-of-plan.pdf", "9-tenths-of-scan.*",
)  # fmt: skip
"""Attacks of which nothing need be found: the facts are true, and nothing outside was touched."""
EXPECTED = {
    "hls-*": "wrong_type", "concat-*": "wrong_type", "sdp-*": "wrong_type", "smil-*": "wrong_type", "dash-behind-ftyp-*": "damaged",
    "png-16000.mov": "too_complex", "h264-16384.mp4": "too_complex", "two-thousand-*": "too_complex", "eight-million-*": "too_complex",
    "empty.*": "file_empty", "locked-*": "encrypted", "acts-*": "active_content", "page-of-itself.pdf": "damaged",
    "bomb-of-names.docx": "damaged", "asks-*": "active_content", "large-pictures.zip": "zip_too_large",
    "long-pictures.zip": "zip_too_large", "bomb.zip": "zip_too_large", "with-*.zip": "zip_holds_others",
    "link.zip": "zip_holds_others", "ten-thousand-scans.jpg": "too_complex",
}  # fmt: skip
"""What must be found, of attacks where that is plain; of any other something must be."""


class Watch:
    """The most memory that the children which a block starts hold together, and what this process itself adds meanwhile; in bytes."""

    def __enter__(self) -> "Watch":
        self.children = self.own = 0
        self._ended, self._process = threading.Event(), psutil.Process()
        self._before = self._process.memory_info().rss
        self._others = set(self._process.children())
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            held = 0
            for started in set(self._process.children()) - self._others:
                with suppress(psutil.Error):
                    held += sum(child.memory_info().rss for child in (started, *started.children(recursive=True)))
            self.children = max(self.children, held)
            self.own = max(self.own, self._process.memory_info().rss - self._before)


@dataclass
class Outcome:
    """What came of one attack; contained when nothing is `wrong`."""

    name: str
    codes: list[str]
    seconds: float
    children_bytes: int
    wrong: list[str]


class Ground:
    """A folder with another group's clip in it, a secret in that, and a canary; attacks are made to lead there."""

    def __init__(self, folder: Path, listening: Canary) -> None:
        self.folder, self.canary = folder, listening
        self.secret = f"secret-{secrets.token_hex(12)}"
        others = folder / "others.mp4"
        source = ["-f", "lavfi", "-i", f"testsrc=size=128x72:rate=25:duration={SECONDS_OF_OTHERS}"]
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", *source, str(others)], check=True)
        with others.open("ab") as out:
            out.write(self.secret.encode() * 20)
        bait = Bait(address=listening.address, file=str(others))
        self.recipes: dict[str, Recipe] = {**attacks.recipes(bait), **hostile_documents.recipes(bait)}
        self._leading_away = frozenset({*attacks.references(bait), *hostile_documents.references(bait)})

    def attack(self, name: str) -> Outcome:
        """Do to a file of that name all that workers do, and say what came of it."""
        file, wrong = self.folder / name, []
        self.recipes[name](file)
        before = len(self.canary.asked)
        with capture_logs() as logs, Watch() as watch:
            began = time.monotonic()
            try:
                facts, codes = judged(file)
                told = json.dumps([facts.to_json(), codes])
                if isinstance(facts, ClipFacts) and SECONDS_OF_OTHERS in (facts.duration_seconds, facts.header_seconds):
                    wrong.append("measured another group's clip")
            except Exception as error:  # whatever it is, it would have reached the worker
                codes, told = [], str(error)
                wrong.append(f"{type(error).__name__}: {error}"[:200])
            seconds = time.monotonic() - began
            if name in self._leading_away:
                told += self._opened(file)
        told += json.dumps(logs, default=str)
        file.unlink()
        if not _expected(name, codes):
            wrong.append(f"found {codes or 'nothing'}")
        if self.secret in told:
            wrong.append("told the secret")
        if len(self.canary.asked) > before:
            wrong.append("asked the canary")
        if seconds > TOOLS_MOST * settings().sandbox_wall_seconds + SLACK_SECONDS:
            wrong.append(f"took {seconds:.0f} s")
        if watch.children > settings().sandbox_memory_bytes:
            wrong.append(f"took {watch.children >> 20} MiB")
        if watch.own > WORKER_BYTES:
            wrong.append(f"added {watch.own >> 20} MiB to the worker")
        return Outcome(name, codes, seconds, watch.children, wrong)

    def _opened(self, file: Path) -> str:
        """Open it with each tool, also where its first bytes would have kept it from them; return what they said."""
        said = ""
        with TemporaryDirectory(dir=self.folder) as out:
            attempts = (
                (lambda: media.probe(file), lambda: transcoding.poster(file, video=0, pictures=None, at_seconds=0))
                if file.suffix[1:] in CLIPS
                else (lambda: reading_copies.make(file, file.suffix[1:], out=Path(out), fonts=Path(out)),)
            )
            for attempt in attempts:
                try:
                    said += repr(attempt())
                except (ToolFailed, ToolKilled, ToolTimedOut) as error:
                    said += str(error.facts)
            said += "".join(made.read_bytes().decode("latin-1") for made in Path(out).rglob("*") if made.is_file())
        return said


def _expected(name: str, codes: list[str]) -> bool:
    if any(fnmatch(name, pattern) for pattern in HARMLESS):
        return True
    plain = {code for pattern, code in EXPECTED.items() if fnmatch(name, pattern)}
    return plain <= set(codes) if plain else bool(codes)


@contextmanager
def ground() -> Iterator[Ground]:
    """Give a ground that is gone afterwards."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    with TemporaryDirectory(prefix="omsap-attacks-") as folder, canary() as listening:
        yield Ground(Path(folder), listening)
