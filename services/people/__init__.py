"""Who is asking: tokens and sessions, and how staff signs in."""

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
