"""Many changed files through inspection and rules, on as many processes as there are processors."""

import logging
import multiprocessing
import os
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import structlog

from fuzz.judging import judged
from fuzz.mutation import corpus, mutant
from shared.sandbox import ToolKilled, ToolTimedOut

ATTEMPTS = 3
"""A file whose tool was ended by a busy machine is tried again, as a worker does."""
BATCH = 8


@dataclass
class Tally:
    """What became of the files: how many of each outcome, and what was not survived."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0
    slowest: tuple[float, int] = (0.0, 0)

    @property
    def files(self) -> int:
        """Return how many were tried."""
        return sum(self.outcomes.values()) + len(self.failures)


@dataclass
class _Player:
    """One process's share of the work."""

    honest: dict[str, bytes]
    seed: int
    keep: Path

    def play(self, number: int) -> tuple[int, str, str, float]:
        """Return number, outcome, what was not survived, and seconds of one file."""
        name, content = mutant(self.honest, seed=self.seed, number=number)
        began = monotonic()
        with TemporaryDirectory(prefix="omsap-fuzz-") as folder:
            file = Path(folder) / name
            file.write_bytes(content)
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    facts, codes = judged(file)
                    return number, f"{facts.type or 'unknown'}: {' '.join(codes) or 'passed'}", "", monotonic() - began
                except (ToolTimedOut, ToolKilled):
                    if attempt == ATTEMPTS:
                        return number, "", self._kept(number, name, content), monotonic() - began
                except Exception:  # this is what is looked for
                    return number, "", self._kept(number, name, content), monotonic() - began
        raise AssertionError

    def _kept(self, number: int, name: str, content: bytes) -> str:
        self.keep.mkdir(parents=True, exist_ok=True)
        path = self.keep / f"{self.seed}-{number}-{name}"
        path.write_bytes(content)
        return f"seed {self.seed}, file {number}, kept as {path}\n{traceback.format_exc()}"


_player: _Player


def _begin(player: _Player) -> None:
    global _player  # noqa: PLW0603  # one a process
    _player = player
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


def _play(number: int) -> tuple[int, str, str, float]:
    return _player.play(number)


def run(numbers: Iterable[int], *, seed: int, keep: Path, told: Callable[[Tally], None] = lambda _: None) -> Tally:
    """Try the changed files of these numbers; `told` hears after each how it stands."""
    tally, began = Tally(), monotonic()
    player = _Player(corpus(), seed, keep)
    with multiprocessing.get_context("fork").Pool(os.cpu_count() or 1, _begin, (player,)) as pool:
        for number, outcome, failure, seconds in pool.imap_unordered(_play, numbers, BATCH):
            if failure:
                tally.failures.append(failure)
            else:
                tally.outcomes[outcome] += 1
            tally.slowest = max(tally.slowest, (seconds, number))
            tally.seconds = monotonic() - began
            told(tally)
        # The end of the block would terminate the processes, and one that then saves its coverage may wait for itself for ever.
        pool.close()
        pool.join()
    return tally
