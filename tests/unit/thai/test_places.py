"""Provinces and districts."""

import pytest
from pythainlp.corpus import provinces as oracle

from shared.thai.places import district, districts, province, provinces


def test_provinces_are_those_pythainlp_knows() -> None:
    assert len(provinces()) == 77
    assert {one.th for one in provinces()} == set(oracle())
    assert len({one.code for one in provinces()}) == len({one.en for one in provinces()}) == 77


def test_districts_of_all_provinces() -> None:
    assert sum(len(districts(one.code)) for one in provinces()) == 928
    assert districts("00") == ()


@pytest.mark.parametrize("name", ["ฉะเชิงเทรา", "จังหวัดฉะเชิงเทรา", "จ. ฉะเชิงเทรา", "Chachoengsao", "chachoengsao", "24"])
def test_province_as_people_write_it(name: str) -> None:
    found = province(name)
    assert found is not None
    assert (found.code, found.th) == ("24", "ฉะเชิงเทรา")


@pytest.mark.parametrize(("name", "code"), [("กทม.", "10"), ("กรุงเทพฯ", "10"), ("อยุธยา", "14"), ("Buri Ram", "31"), ("บึงกาฬ", "38")])
def test_province_by_other_names(name: str, code: str) -> None:
    found = province(name)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("name", ["", "แอตแลนติส", "99"])
def test_province_unknown(name: str) -> None:
    assert province(name) is None


def test_district_within_its_province() -> None:
    found = district("อำเภอคลองเขื่อน", province_code="24")
    assert found is not None
    assert (found.th, found.province_code) == ("คลองเขื่อน", "24")
    assert district("คลองเขื่อน", province_code="10") is None
    assert district("เขตดุสิต", province_code="10") is not None
