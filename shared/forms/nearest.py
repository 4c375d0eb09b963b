"""The word that was probably meant by one that is not known. Pure."""

import difflib
from collections.abc import Iterable

from shared.text import Text

LONGEST_WORD = 60
"""Characters; what is longer is no misspelt name."""
MOST_KNOWN = 1000
"""Names that are compared with one another."""
MOST_LISTED = 12

MEANT = Text(" (หมายถึง ‘{name}’ หรือไม่)", "; did you mean ‘{name}’?")
ONE_OF = Text(" (ใช้ได้: {names})", "; known: {names}")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the name that was probably meant by a misspelt one, None if no name is like it."""
    if len(word) > LONGEST_WORD:
        return None
    names = {name.casefold(): name for name in list(known)[:MOST_KNOWN]}
    found = difflib.get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    return names[found[0]] if found else None


def unknown(text: Text, name: object, known: Iterable[str]) -> Text:
    """Return what is wrong with a name that is not known: `text` with its {name} filled, and the nearest right word or those there are."""
    names = list(known)
    said = text.fill(name=str(name)[:LONGEST_WORD])
    meant = nearest(str(name), names)
    if meant is not None:
        return _joined(said, MEANT.fill(name=meant))
    return _joined(said, ONE_OF.fill(names=", ".join(names))) if 0 < len(names) <= MOST_LISTED else said


def _joined(first: Text, second: Text) -> Text:
    return Text(first.th + second.th, first.en + second.en)
