"""What the supervisor starts: one process, how to know that it is ready, and how to stop it."""

import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

Probe = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One child process of the stack."""

    name: str
    argv: list[str]
    """A program with its arguments; of a `python` part, a module with its arguments."""
    python: bool = False
    """It is a module of the product, which may be forked from a process that has imported it."""
    ready: Probe | None = None
    """Asked repeatedly after the start; None: ready when a line of its output contains `ready_line`, or when it has ended well."""
    ready_line: str | None = None
    once: bool = False
    """It is to run to its end (a migration), not to stay."""
    env: dict[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    user: int | None = None
    """The uid and gid to run as, when this process is root."""
    niceness: int = 0
    """How much it yields the processor to the others, 0 to 19."""
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    """How long it may take to stop before it is killed."""
