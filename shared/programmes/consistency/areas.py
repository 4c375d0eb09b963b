"""Provinces and districts are written as groups have them: by their official Thai names. Pure."""

from functools import cache

from shared.forms.nearest import MEANT, nearest, unknown
from shared.text import Text
from shared.thai import places

UNKNOWN_PROVINCE = Text("ไม่มีจังหวัด {name}", "there is no province {name}")
UNKNOWN_DISTRICT = Text("ไม่มีอำเภอ {name}", "there is no district {name}")


def wrong_province(word: str) -> Text | None:
    """Return what is wrong with a province's name, None if it is the official one."""
    names = {one.th: one.en for one in places.provinces()}
    if word in names:
        return None
    found = places.province(word)
    english = {one: thai for thai, one in names.items()}
    meant = found.th if found is not None else english.get(nearest(word, english) or "")
    if meant is not None:
        return _meant(UNKNOWN_PROVINCE.fill(name=word), meant)
    return unknown(UNKNOWN_PROVINCE, word, names)


def wrong_district(word: str) -> Text | None:
    """Return what is wrong with a district's name, None if some province has one of this official name."""
    names = _districts()
    if word in names:
        return None
    bare = next((word.removeprefix(prefix).strip() for prefix in places.PREFIXES if word.startswith(prefix)), word)
    return _meant(UNKNOWN_DISTRICT.fill(name=word), bare) if bare in names else unknown(UNKNOWN_DISTRICT, word, names)


@cache
def _districts() -> dict[str, None]:
    return {district.th: None for one in places.provinces() for district in places.districts(one.code)}


def _meant(wrong: Text, name: str) -> Text:
    meant = MEANT.fill(name=name)
    return Text(wrong.th + meant.th, wrong.en + meant.en)
