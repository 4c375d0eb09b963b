"""Provinces, districts and subdistricts."""

import pytest
from pythainlp.corpus import provinces as oracle

from shared.thai.places import PlacesBroken, Tambon, around, by_district, district, districts, place, province, provinces, tambon, tambons


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


@pytest.mark.parametrize("name", ["อ.เมือง", "เมือง", "อำเภอเมืองลำปาง", "Mueang", "muang", "Mueang Lampang", "5201"])
def test_the_district_of_the_provinces_name(name: str) -> None:
    found = district(name, province_code="52")
    assert found is not None
    assert found.code == "5201"


def test_a_province_without_such_a_district_has_none() -> None:
    assert district("อ.เมือง", province_code="10") is None
    assert district("อ.เมือง", province_code="99") is None


def test_every_district_has_subdistricts_that_are_found_by_name_and_code() -> None:
    count = 0
    for above in provinces():
        for one in districts(above.code):
            for below in tambons(one.code):
                count += 1
                assert tambon(below.th, district_code=one.code) == place(below.code) == below
                assert around(below.code) == (below, one, above)
    assert count == 7436


def test_subdistrict_within_its_district() -> None:
    found = tambon("ตำบลบ้านแลง", district_code="5201")
    assert found is not None
    assert (found.code, found.en, found.district_code) == ("520109", "Ban Laeng", "5201")
    assert tambon("บ้านแลง", district_code="5210") is None
    assert tambons("9999") == ()


def test_a_name_that_begins_like_the_word_for_a_province() -> None:
    found = tambon("จ.ป.ร.", district_code="8504")
    assert found is not None
    assert found.code == "850406"


def test_an_english_name_of_two_subdistricts_finds_none() -> None:
    assert [one.code for one in tambons("5009") if one.en == "Mae Kha"] != []
    assert tambon("Mae Kha", district_code="5009") is None


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([("520101", "a", "a"), ("530101", "b", "b")], "530101"),
        ([("520101", "a", "a"), ("52019", "b", "b")], "52019"),
        ([("520101", "a", "a"), ("520101", "b", "b")], "twice"),
        ([("520101", "a", "a")], "5210"),
    ],
)
def test_lists_that_do_not_fit_one_another_are_not_loaded(rows: list[tuple[str, str, str]], why: str) -> None:
    with pytest.raises(PlacesBroken, match=why):
        by_district(["5201", "5210"], rows)


def test_lists_that_fit() -> None:
    assert by_district(["5201"], [("520101", "ก", "a")]) == {"5201": (Tambon("520101", "ก", "a"),)}
