"""The 77 provinces, 928 districts and 7,436 subdistricts with the codes of the Department of Provincial Administration (DOPA).

Names and codes: GeoThai/data, from the department's own lists (CC BY 4.0, see LICENSE.places).
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

from shared.thai.text import normalise, sort_key

PREFIXES = ("จังหวัด", "จ.", "อำเภอ", "อ.", "เขต", "ตำบล", "ต.", "แขวง")
SHORT = {
    "กรุงเทพ": "กรุงเทพมหานคร",
    "กรุงเทพฯ": "กรุงเทพมหานคร",
    "กทม": "กรุงเทพมหานคร",
    "กทม.": "กรุงเทพมหานคร",
    "อยุธยา": "พระนครศรีอยุธยา",
    "โคราช": "นครราชสีมา",
}
CAPITAL = {"เมือง": "เมือง", "mueang": "mueang", "muang": "mueang"}
"""What people call the district that has its province's name: อ.เมือง จ.ลำปาง is เมืองลำปาง."""
_MARKS = str.maketrans("", "", ".'’- ")


@dataclass(frozen=True, slots=True)
class Province:
    """A province: its two-digit code and its names."""

    code: str
    th: str
    en: str


@dataclass(frozen=True, slots=True)
class District:
    """A district (amphoe, in Bangkok khet): its four-digit code, which begins with the province's, and its names."""

    code: str
    th: str
    en: str

    @property
    def province_code(self) -> str:
        """The code of the province it lies in."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class Tambon:
    """A subdistrict (tambon, in Bangkok khwaeng): its six-digit code, which begins with the district's, and its names."""

    code: str
    th: str
    en: str

    @property
    def district_code(self) -> str:
        """The code of the district it lies in."""
        return self.code[:4]


Place = Province | District | Tambon
_Named = TypeVar("_Named", Province, District, Tambon)
Row = tuple[str, str, str]
"""Code, Thai name, English name."""


class PlacesBroken(ValueError):
    """The lists of places do not fit one another."""


@cache
def provinces() -> tuple[Province, ...]:
    """Return all provinces in the order of a Thai dictionary."""
    return _ordered(Province(*row) for row in _rows("places.csv") if len(row[0]) == 2)


@cache
def districts(province_code: str) -> tuple[District, ...]:
    """Return the districts of a province in the order of a Thai dictionary; none for an unknown code."""
    return _ordered(District(*row) for row in _rows("places.csv") if len(row[0]) == 4 and row[0].startswith(province_code))


def tambons(district_code: str) -> tuple[Tambon, ...]:
    """Return the subdistricts of a district in the order of a Thai dictionary; none for an unknown code."""
    return _by_district().get(district_code, ())


def province(name: str) -> Province | None:
    """Find a province by its code, or by its Thai or English name as people write it: จ.ฉะเชิงเทรา, chachoengsao, กทม."""
    return _by_name().get(_plain(SHORT.get(_without_prefix(normalise(name)), name)))


def district(name: str, *, province_code: str) -> District | None:
    """Find a district of a province by its code, or by its Thai or English name as people write it: อ.คลองเขื่อน, อ.เมือง."""
    among = districts(province_code)
    found = _named(name, among)
    capital = CAPITAL.get(_plain(name))
    if found is None and capital is not None and among:
        of = next(one for one in provinces() if one.code == province_code)
        found = _named(capital + of.th, among) or _named(capital + of.en, among)
    return found


def tambon(name: str, *, district_code: str) -> Tambon | None:
    """Find a subdistrict of a district by its code, or by its Thai or English name as people write it: ต.บ่อแฮ้ว.

    An English name that two of them share finds none.
    """
    return _named(name, tambons(district_code))


def place(code: str) -> Place | None:
    """Return the province, district or subdistrict of an official code of 2, 4 or 6 digits."""
    return _by_code().get(code)


def around(code: str) -> tuple[Place, ...]:
    """Return a place and what it lies in, the smallest first; nothing for an unknown code."""
    return tuple(found for length in (6, 4, 2) if length <= len(code) and (found := place(code[:length])) is not None)


def by_district(districts: Sequence[str], rows: Iterable[Row]) -> dict[str, tuple[Tambon, ...]]:
    """Return subdistricts by the code of their district.

    Raises PlacesBroken for a subdistrict in no known district, a code twice, and a district that has none.
    """
    found: dict[str, list[Tambon]] = {code: [] for code in districts}
    seen: set[str] = set()
    for code, th, en in rows:
        if len(code) != 6 or code[:4] not in found:
            raise PlacesBroken(f"{code} {th} lies in no known district")
        if code in seen:
            raise PlacesBroken(f"{code} stands twice")
        seen.add(code)
        found[code[:4]].append(Tambon(code, th, en))
    if empty := [code for code, among in found.items() if not among]:
        raise PlacesBroken(f"districts without a subdistrict: {', '.join(empty)}")
    return {code: _ordered(among) for code, among in found.items()}


def _ordered(found: Iterable[_Named]) -> tuple[_Named, ...]:
    return tuple(sorted(found, key=lambda one: sort_key(one.th)))


def _named(name: str, among: Iterable[_Named]) -> _Named | None:
    """Find by the name as it stands, then without the word before it: the subdistrict จ.ป.ร. begins like a province."""
    places = tuple(among)
    for wanted in (_squeezed(normalise(name)), _plain(name)):
        found = [one for one in places if wanted in (one.code, _squeezed(one.th), _squeezed(one.en))]
        if len(found) == 1:
            return found[0]
    return None


def _plain(name: str) -> str:
    return _squeezed(_without_prefix(normalise(name)))


def _without_prefix(name: str) -> str:
    for prefix in PREFIXES:
        name = name.removeprefix(prefix).lstrip()
    return name


def _squeezed(name: str) -> str:
    return name.casefold().translate(_MARKS)


@cache
def _by_name() -> dict[str, Province]:
    return {key: one for one in provinces() for key in (one.code, _plain(one.th), _plain(one.en))}


@cache
def _by_district() -> dict[str, tuple[Tambon, ...]]:
    return by_district([row[0] for row in _rows("places.csv") if len(row[0]) == 4], _rows("tambons.csv"))


@cache
def _by_code() -> dict[str, Place]:
    found: dict[str, Place] = {one.code: one for one in provinces()}
    found |= {one.code: one for above in provinces() for one in districts(above.code)}
    return found | {one.code: one for among in _by_district().values() for one in among}


@cache
def _rows(name: str) -> tuple[Row, ...]:
    content = files("shared.thai").joinpath(name).read_text(encoding="utf-8")
    return tuple((code, th, en) for code, th, en in csv.reader(content.splitlines()))
