"""The only door to subprocesses on untrusted files: ffprobe, ffmpeg, document tools. `run` jails; the rest are tools behind it."""

from shared.sandbox.capabilities import MEND, Capabilities, examine, status
from shared.sandbox.jail import ToolExhausted, ToolFailed, ToolKilled, ToolLimits, ToolMissing, ToolNotStarted, ToolTimedOut, run

__all__ = [
    "MEND",
    "Capabilities",
    "ToolExhausted",
    "ToolFailed",
    "ToolKilled",
    "ToolLimits",
    "ToolMissing",
    "ToolNotStarted",
    "ToolTimedOut",
    "examine",
    "run",
    "status",
]
