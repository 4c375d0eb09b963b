"""What a rule says of a file, in words the group can act on. Pure."""

from enum import StrEnum
from typing import Any

from shared.text import Text


class Severity(StrEnum):
    """A blocking finding returns the submission; advice does not."""

    BLOCKING = "blocking"
    ADVICE = "advice"


class Finding:
    """A statement about one file; `data` are the JSON-compatible values that fill the slots of its text."""

    def __init__(self, code: str, template: Text, *, severity: Severity = Severity.BLOCKING, **data: Any) -> None:
        self.code, self.template, self.severity, self.data = code, template, severity, data

    def text(self, language: str) -> str:
        """Return the sentence for a person, in `th` or `en`."""
        return self.template.fill(**self.data).read(language)

    def __repr__(self) -> str:
        return f"Finding({self.code!r}, {self.severity}, {self.data})"
