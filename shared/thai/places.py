"""The 77 provinces and 928 districts with the codes of the Department of Provincial Administration (DOPA).

Names and codes: GeoThai/data, from the department's own lists (CC BY 4.0, see LICENSE.places).
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from shared.thai.text import normalise, sort_key

PREFIXES = ("จังหวัด", "จ.", "อำเภอ", "อ.", "เขต")
SHORT = {
    "กรุงเทพ": "กรุงเทพมหานคร",
    "กรุงเทพฯ": "กรุงเทพมหานคร",
    "กทม": "กรุงเทพมหานคร",
    "กทม.": "กรุงเทพมหานคร",
    "อยุธยา": "พระนครศรีอยุธยา",
    "โคราช": "นครราชสีมา",
}


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


@cache
def provinces() -> tuple[Province, ...]:
    """Return all provinces in the order of a Thai dictionary."""
    return tuple(sorted((Province(*row) for row in _rows() if len(row[0]) == 2), key=lambda one: sort_key(one.th)))


@cache
def districts(province_code: str) -> tuple[District, ...]:
    """Return the districts of a province in the order of a Thai dictionary; none for an unknown code."""
    found = (District(*row) for row in _rows() if len(row[0]) == 4 and row[0].startswith(province_code))
    return tuple(sorted(found, key=lambda one: sort_key(one.th)))


def province(name: str) -> Province | None:
    """Find a province by its code, or by its Thai or English name as people write it: จ.ฉะเชิงเทรา, chachoengsao, กทม."""
    return _by_name().get(_plain(SHORT.get(normalise(name), name)))


def district(name: str, *, province_code: str) -> District | None:
    """Find a district of a province by its code, or by its Thai or English name as people write it: อ.คลองเขื่อน."""
    wanted = _plain(name)
    return next((one for one in districts(province_code) if wanted in (one.code, _plain(one.th), _plain(one.en))), None)


def _plain(name: str) -> str:
    plain = normalise(name)
    for prefix in PREFIXES:
        plain = plain.removeprefix(prefix)
    return "".join(plain.casefold().split())


@cache
def _by_name() -> dict[str, Province]:
    return {key: one for one in provinces() for key in (one.code, _plain(one.th), _plain(one.en))}


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    content = files("shared.thai").joinpath("places.csv").read_text(encoding="utf-8")
    return tuple((code, th, en) for code, th, en in csv.reader(content.splitlines()))
