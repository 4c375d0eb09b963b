"""How the story is told: a live table on a terminal, a line a scene elsewhere."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

SHOWN_HAPPENINGS = 12


@dataclass
class Scene:
    """One part of the story with how far it is."""

    th: str
    en: str
    of: int
    done: int = 0
    began: float = field(default_factory=monotonic)
    seconds: float | None = None
    """How long it took, once it has ended."""


class Teller:
    """Shows scenes and happenings as they come, from any thread."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._scenes: list[Scene] = []
        self._happenings: deque[str] = deque(maxlen=SHOWN_HAPPENINGS)
        self._lock = Lock()
        self._live = Live(get_renderable=self._picture, console=console, refresh_per_second=4) if console.is_terminal else None

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Show the table while the story runs."""
        if self._live is None:
            yield
            return
        with self._live:
            yield

    @contextmanager
    def scene(self, th: str, en: str, *, of: int = 1) -> Iterator[Scene]:
        """Begin a scene of so many steps; it ends with the block."""
        scene = Scene(th, en, of)
        self._scenes.append(scene)
        yield scene
        scene.done, scene.seconds = scene.of, monotonic() - scene.began
        self._say(f"✓ {th} · {en} ({scene.of}) {scene.seconds:.1f} s")

    def advance(self, scene: Scene) -> None:
        """One step of a scene is done."""
        with self._lock:
            scene.done += 1

    def happening(self, text: str) -> None:
        """Tell something worth a line."""
        with self._lock:
            self._happenings.append(text)
        self._say(f"  · {text}")

    def _say(self, line: str) -> None:
        if self._live is None:
            with self._lock:
                self._console.print(line, highlight=False, soft_wrap=True, markup=False)

    def _picture(self) -> Group:
        table = Table(box=None, padding=(0, 1), expand=False)
        for heading in ("", "", "", ""):
            table.add_column(heading)
        for scene in self._scenes:
            over = scene.seconds is not None
            took = scene.seconds if scene.seconds is not None else monotonic() - scene.began
            table.add_row(
                Text("✓" if over else "…", style="green" if over else "yellow"),
                f"{scene.th} · {scene.en}",
                ProgressBar(total=scene.of, completed=scene.done, width=20),
                f"{scene.done}/{scene.of}  {took:.0f} s",
            )
        happenings = Text("\n".join(self._happenings), overflow="ellipsis", no_wrap=True)
        return Group(Panel(table, title="ออมทรัพย์ · Omsap", border_style="green"), Panel(happenings, border_style="dim"))
