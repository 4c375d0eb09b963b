"""What a rule says of a file, in words the group can act on. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """A blocking finding returns the submission; advice does not."""

    BLOCKING = "blocking"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a finding: `str.format` templates over its data."""

    th: str
    en: str


class Finding:
    """A statement that holds of one file; `data` are the JSON-compatible values that fill its words."""

    def __init__(self, code: str, words: Words, *, severity: Severity = Severity.BLOCKING, **data: Any) -> None:
        self.code, self.words, self.severity, self.data = code, words, severity, data

    def text(self, language: str) -> str:
        """Return the sentence for a person, in `th` or `en`."""
        return (self.words.en if language == "en" else self.words.th).format(**self.data)

    def __repr__(self) -> str:
        return f"Finding({self.code!r}, {self.severity}, {self.data})"
