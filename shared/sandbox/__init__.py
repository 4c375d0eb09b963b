"""The only door to subprocesses on untrusted files: ffprobe, ffmpeg, document tools. `run` jails; the rest are tools behind it."""

from shared.sandbox.jail import Limits, ToolExhausted, ToolFailed, ToolKilled, ToolMissing, ToolNotStarted, ToolTimedOut, run
from shared.sandbox.walls import MEND, Walls, examine, status

__all__ = [
    "MEND",
    "Limits",
    "ToolExhausted",
    "ToolFailed",
    "ToolKilled",
    "ToolMissing",
    "ToolNotStarted",
    "ToolTimedOut",
    "Walls",
    "examine",
    "run",
    "status",
]
