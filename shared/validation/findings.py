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


def length(seconds: float, *, precise: bool = False) -> str:
    """Return a length as people write it: 319.99 → 5:20, precise 5:19.99; 3661 → 1:01:01."""
    hundredths = round(seconds * 100) if precise else round(seconds) * 100
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    whole, part = divmod(rest, 100)
    fraction = f".{part:02d}".rstrip("0") if part else ""
    return f"{hours}:{minutes:02d}:{whole:02d}{fraction}" if hours else f"{minutes}:{whole:02d}{fraction}"


def megabytes(size: int) -> str:
    """Return a size as people read it: 52,428,800 → 50 MB."""
    return f"{size / 1024**2:.1f}".removesuffix(".0") + " MB" if size >= 1024**2 else f"{max(1, round(size / 1024))} KB"
