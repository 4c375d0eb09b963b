"""Addresses in one line."""

import pytest

from shared.thai.addresses import parts_of


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("ต.บ้านแลง อ.เมือง จ.ลำปาง", {"tambon": "บ้านแลง", "amphoe": "เมือง", "province": "ลำปาง"}),
        ("ตำบล บ้านแลง, อำเภอ เมือง, จังหวัด ลำปาง", {"tambon": "บ้านแลง", "amphoe": "เมือง", "province": "ลำปาง"}),
        ("หมู่ 3 ต.เขตคลอง อ.x", {"tambon": "เขตคลอง", "amphoe": "x"}),
        ("แขวงดุสิต เขตดุสิต กทม.", {"tambon": "ดุสิต", "amphoe": "ดุสิต", "province": "กทม."}),
        ("ลำปาง", {}),
        ("", {}),
    ],
)
def test_parts_by_the_words_before_them(address: str, parts: dict[str, str]) -> None:
    assert parts_of(address) == parts
