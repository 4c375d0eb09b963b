"""Thai text as people type it: put into one form, and into dictionary order."""

import re
import unicodedata

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_TONES = "\u0e48\u0e49\u0e4a\u0e4b"
_NIKHAHIT_AA = re.compile(f"\u0e4d([{_TONES}]?)\u0e32")
_TONE_NIKHAHIT_AA = re.compile(f"([{_TONES}])\u0e4d\u0e32")
_ABOVE_AND_BELOW = re.compile(f"[\u0e31\u0e34-\u0e39{_TONES}\u0e4c]{{2,}}")
_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_MARKS = re.compile("[\u0e47-\u0e4e]")


def normalise(text: str) -> str:
    """Return text in one form: NFC, ำ and แ as one letter, vowel before tone mark, nothing invisible, single spaces, none at the ends.

    Source: the Unicode Standard, chapter 16.1 (Thai); WTT 2.0 for the order of marks. Different input methods and PDF readers leave
    ํ + า for ำ and เ + เ for แ, which look alike and are not found by a search.
    """
    return " ".join(one_form(text).split())


def one_form(text: str) -> str:
    """Return text with its letters in one form as `normalise` does, and every space and line as it is."""
    text = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    text = text.replace("\u0e40\u0e40", "\u0e41")
    text = _TONE_NIKHAHIT_AA.sub("\\1\u0e33", text)
    text = _NIKHAHIT_AA.sub("\\1\u0e33", text)
    return unicodedata.normalize("NFC", _ABOVE_AND_BELOW.sub(_vowels_first, text))


def sort_key(text: str) -> tuple[str, str]:
    """Return a key that sorts as a Thai dictionary does: by consonant before a leading vowel, tone marks only between equals.

    Source: the Royal Institute Dictionary's order, as in ISO/IEC 14651 and CLDR's Thai collation, without their rarer letters.
    """
    swapped = _LEADING_VOWEL.sub(r"\2\1", normalise(text).casefold())
    return _MARKS.sub("", swapped), swapped


def _vowels_first(marks: re.Match[str]) -> str:
    return "".join(sorted(marks[0], key=lambda mark: mark > "\u0e39"))
