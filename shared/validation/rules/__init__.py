"""Rules, one a file. A new one is a file here, a line in `NAMES`, and a test of the same name: see README.md beside this.

A rule is pure: `check(facts, limits)` returns a finding or None, and `WORDS` are all it can say, by code.
"""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from shared.text import Text
from shared.validation.facts import FileFacts, ItemLimits
from shared.validation.findings import Finding

NAMES = (
    "size",
    "file_type",
    "readable",
    "has_picture",
    "truncated",
    "duration",
    "header",
    "hidden",
    "pages",
    "pictures",
    "blank",
    "macros",
    "active_content",
)
"""In the order in which people read what was found."""
RULES: tuple[ModuleType, ...] = tuple(import_module(f"{__name__}.{name}") for name in NAMES)

WORDS: dict[str, Text] = {code: words for rule in RULES for code, words in rule.WORDS.items()}


def examine(facts: FileFacts, limits: ItemLimits) -> Iterator[Finding]:
    """Yield what each rule finds."""
    for rule in RULES:
        finding: Finding | None = rule.check(facts, limits)
        if finding is not None:
            yield finding
