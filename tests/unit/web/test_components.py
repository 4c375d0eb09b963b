"""Where a group is, in the forms that pages write it."""

from services.web.components import Address

HERE = Address(village_no="1", tambon="คลองเขื่อน", amphoe="คลองเขื่อน", province="ฉะเชิงเทรา")


def test_address_is_one_sentence_in_each_form() -> None:
    assert HERE.in_full.th == "หมู่ที่ 1 ตำบลคลองเขื่อน อำเภอคลองเขื่อน จังหวัดฉะเชิงเทรา"
    assert HERE.short.th == "หมู่ที่ 1 ต.คลองเขื่อน อ.คลองเขื่อน จ.ฉะเชิงเทรา"
    assert HERE.area.th == "ต.คลองเขื่อน อ.คลองเขื่อน จ.ฉะเชิงเทรา"
    assert HERE.district.th == "ต.คลองเขื่อน อ.คลองเขื่อน"
    assert HERE.in_full.en == "Moo 1, Tambon คลองเขื่อน, Amphoe คลองเขื่อน, ฉะเชิงเทรา Province"
