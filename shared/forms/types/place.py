"""A province, district (amphoe) or subdistrict (tambon), kept as its official code of 2, 4 or 6 digits."""

from collections.abc import Mapping
from typing import Any

from shared.forms.questions import Place
from shared.forms.reading import Writing, by_reading, characters, is_blank, line, no_gaps, wrong
from shared.text import Text
from shared.thai import places
from shared.thai.addresses import parts_of
from shared.thai.numerals import arabic_digits

LEVELS = ("province", "amphoe", "tambon")
UNFINISHED = "place_unfinished"
"""Code of a place that is not chosen to its end: no fault of a draft."""

LABELS = {"province": Text("จังหวัด", "province"), "amphoe": Text("อำเภอ", "amphoe"), "tambon": Text("ตำบล", "tambon")}
NO_PLACE = Text("ต้องเป็นรหัสหรือชื่อสถานที่", "must be the code or the name of a place")
UNKNOWN_CODE = Text(
    "ไม่มี{level}รหัส {code} รหัส{level}มี {digits} หลัก", "there is no {level} with the code {code}; such a code has {digits} digits"
)
UNKNOWN_NAME = Text("ไม่พบ{level}ชื่อ {name} โปรดตรวจสอบตัวสะกด", "there is no {level} called {name} there; please check the spelling")
UNFINISHED_TEXT = Text("โปรดระบุ{level}ด้วย", "please say the {level}, too")
UNASKED = Text("ระบุได้ถึงระดับ{level}เท่านั้น", "the question asks for the {level} and no more")
LONGEST_SHOWN = 60

gaps = no_gaps


def field(question: Place) -> Any:
    """Return the annotation of the question's field."""
    return by_reading(read, question, str)


def read(question: Place, typed: object) -> str:
    """Return the code of a place that is given by its code, by its name or address, or part by part: {province, amphoe, tambon}."""
    asked = LEVELS[: LEVELS.index(question.level) + 1]
    if isinstance(typed, Mapping):
        return _by_parts({str(name): "" if is_blank(part) else line(part) for name, part in typed.items()}, asked)
    text = arabic_digits(line(characters(typed)))
    if text.isdigit():
        return _by_code(text, asked)
    parts = parts_of(text) or {"province": text}
    return _by_parts(parts if len(asked) > 1 else {"province": parts.get("province", text)}, asked)


def shown(question: Place, stored: str, writing: Writing) -> Text:
    """Return the names from the smallest to the province."""
    found = places.around(stored)
    if not found:
        return Text(stored, stored)
    return Text(" ".join(_thai(place) for place in found), ", ".join(place.en for place in found))


def _by_code(code: str, asked: tuple[str, ...]) -> str:
    digits = 2 * len(asked)
    if places.place(code) is None or len(code) > digits:
        raise wrong("place_unknown", UNKNOWN_CODE.fill(level=LABELS[asked[-1]], code=code[:LONGEST_SHOWN], digits=digits))
    if len(code) < digits:
        raise wrong(UNFINISHED, UNFINISHED_TEXT.fill(level=LABELS[asked[len(code) // 2]]))
    return code


def _by_parts(parts: Mapping[str, str], asked: tuple[str, ...]) -> str:
    if any(part for name, part in parts.items() if name not in asked):
        raise wrong("place_too_deep", UNASKED.fill(level=LABELS[asked[-1]]))
    code = ""
    for level in asked:
        name = parts.get(level, "")
        if not name:
            raise wrong(UNFINISHED, UNFINISHED_TEXT.fill(level=LABELS[level]))
        found = _find(level, arabic_digits(name), code)
        if found is None:
            raise wrong("place_unknown", UNKNOWN_NAME.fill(level=LABELS[level], name=name[:LONGEST_SHOWN]))
        code = found.code
    return code


def _find(level: str, name: str, within: str) -> places.Place | None:
    if level == "province":
        return places.province(name)
    if level == "amphoe":
        return places.district(name, province_code=within)
    return places.tambon(name, district_code=within)


def _thai(place: places.Place) -> str:
    """Return a name with the word before it; in the capital these words are others."""
    if isinstance(place, places.Province):
        return place.th if place.code == CAPITAL else IN_PROVINCE[2].fill(name=place.th).th
    return (IN_CAPITAL if place.code.startswith(CAPITAL) else IN_PROVINCE)[len(place.code)].fill(name=place.th).th


CAPITAL = "10"
"""Bangkok, which has khet and khwaeng and no word before its name."""
IN_PROVINCE = {6: Text("ต.{name}", "{name}"), 4: Text("อ.{name}", "{name}"), 2: Text("จ.{name}", "{name}")}
IN_CAPITAL = {6: Text("แขวง{name}", "{name}"), 4: Text("เขต{name}", "{name}")}
