"""Addresses as people write them in one line: ต.บ้านแลง อ.เมือง จ.ลำปาง."""

import re

from shared.thai.text import normalise

_WORDS = {
    "จังหวัด": "province",
    "จ.": "province",
    "อำเภอ": "amphoe",
    "อ.": "amphoe",
    "เขต": "amphoe",
    "ตำบล": "tambon",
    "ต.": "tambon",
    "แขวง": "tambon",
}
_PART = re.compile(rf"(?:^|(?<=[\s,]))({'|'.join(map(re.escape, _WORDS))})")
_BANGKOK = re.compile(r"(?:^|[\s,])(กทม\.?|กรุงเทพฯ|กรุงเทพมหานคร|กรุงเทพ)$")


def parts_of(address: str) -> dict[str, str]:
    """Return the names in an address by `province`, `amphoe` and `tambon`, as far as the words before them tell; else nothing."""
    text = normalise(address)
    found: dict[str, str] = {}
    bangkok = _BANGKOK.search(text)
    if bangkok:
        found["province"] = bangkok[1]
        text = text[: bangkok.start()]
    marks = list(_PART.finditer(text))
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        found.setdefault(_WORDS[mark[1]], text[mark.end() : end].strip(" ,"))
    return found
