"""Progress bars for files that are sent."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from services.cli.output import both
from services.client.sending import Outgoing, bring
from services.client.server import Server
from shared.text import Text


class Bars:
    """A progress bar a file, on standard error."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[note]}"),
            console=Console(stderr=True),
        )
        self._current: TaskID | None = None

    @contextmanager
    def shown(self) -> Iterator["Bars"]:
        """Draw while the files are sent."""
        with self._progress:
            yield self

    def begin(self, file: Outgoing) -> None:
        """Add the bar of the next file."""
        self._current = self._progress.add_task(file.filename, total=file.size, note="")

    def moved(self, offset: int) -> None:
        """Move the bar of the current file, back also."""
        if self._current is not None:
            self._progress.update(self._current, completed=offset, note="")

    def lost(self) -> None:
        """Say that the connection is lost and tried again."""
        if self._current is not None:
            self._progress.update(self._current, note=both(Text("การเชื่อมต่อขาด กำลังส่งต่อ", "connection lost, trying again")))


def deliver(server: Server, files: list[Outgoing], bars: Bars) -> None:
    """Send every file to its end, with a bar each. Raises Refused, ServerAway, ArrivedOtherwise."""
    with bars.shown():
        for file in files:
            bars.begin(file)
            bring(server, file, moved=bars.moved)
