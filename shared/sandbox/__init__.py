"""The only door to subprocesses on untrusted files: ffprobe, ffmpeg, document tools. `run` jails; the rest are tools behind it."""

from shared.sandbox.jail import INSIDE, Jail, status
from shared.sandbox.process import (
    Limits,
    Output,
    ToolExhausted,
    ToolFailed,
    ToolMissing,
    ToolTimedOut,
    run,
)

__all__ = ["INSIDE", "Jail", "Limits", "Output", "ToolExhausted", "ToolFailed", "ToolMissing", "ToolTimedOut", "run", "status"]
