"""Where somebody is, in the forms that pages write it."""

from services.web.components import Address

HERE = Address(tambon="คลองเขื่อน", amphoe="คลองเขื่อน", province="ฉะเชิงเทรา")


def test_address_is_one_line_in_each_form() -> None:
    assert HERE.area.th == "ต.คลองเขื่อน อ.คลองเขื่อน จ.ฉะเชิงเทรา"
    assert HERE.area.en == "Tambon คลองเขื่อน, Amphoe คลองเขื่อน, ฉะเชิงเทรา"
    assert HERE.district.th == "ต.คลองเขื่อน อ.คลองเขื่อน"


def test_what_is_not_known_is_left_out() -> None:
    assert Address(province="ลำปาง").area.th == "จ.ลำปาง"
    assert (Address().area.th, Address().area.en) == ("", "")


def test_the_capital_has_words_of_its_own() -> None:
    assert Address(tambon="สีลม", amphoe="บางรัก", province="กรุงเทพมหานคร").area.th == "แขวงสีลม เขตบางรัก กรุงเทพมหานคร"
