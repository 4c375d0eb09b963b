"""One form and one order for what people type."""

import random

import pytest
from pythainlp.util import collate

from shared.thai.numerals import arabic_digits, thai_digits
from shared.thai.places import provinces
from shared.thai.text import normalise, one_form, sort_key


@pytest.mark.parametrize(
    ("typed", "one_form"),
    [
        ("จ\u0e4d\u0e32นวน", "จำนวน"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("เเม่", "แม่"),
        ("ท\u0e48\u0e35", "ที่"),
        ("ท\u0e48\u0e35\u0e48\u0e35", "ท\u0e35\u0e35\u0e48\u0e48"),
        ("e\u200b\u0301", "é"),
        ("บ้าน\u200bคลอง\ufeffเขื่อน", "บ้านคลองเขื่อน"),
        ("  กลุ่ม\u00a0 ออมทรัพย์ ", "กลุ่ม ออมทรัพย์"),
        ("กตัญญู", "กตัญญู"),
    ],
)
def test_normalise(typed: str, one_form: str) -> None:
    assert normalise(typed) == one_form
    assert normalise(one_form) == one_form


def test_sort_key_orders_as_a_dictionary() -> None:
    assert sorted(["ขา", "เก่า", "แก้ว", "กา", "ไก่", "โขน", "เขา", "ก่า"], key=sort_key) == [
        "กา",
        "ก่า",
        "เก่า",
        "แก้ว",
        "ไก่",
        "ขา",
        "เขา",
        "โขน",
    ]


def test_sort_key_agrees_with_pythainlp_on_provinces() -> None:
    names = [one.th for one in provinces()]
    assert sorted(names, key=sort_key) == collate(sorted(names))


def test_digits_both_ways() -> None:
    assert thai_digits("ที่ 0019/6424") == "ที่ ๐๐๑๙/๖๔๒๔"
    assert arabic_digits("๐๐๑๙/6424") == "0019/6424"
    assert thai_digits(2563) == "๒๕๖๓"


def test_one_form_leaves_spaces_and_lines() -> None:
    assert one_form(" เเม่  น\u0e4d\u0e49\u0e32\n") == " แม่  น้ำ\n"


def test_one_form_is_one_however_marks_are_mixed() -> None:
    chosen = random.Random(2563)  # noqa: S311  # the same texts each time
    for _ in range(2000):
        text = "".join(chosen.choices([*"กเาะ\u0e31\u0e34\u0e35\u0e38\u0e48\u0e49\u0e4c\u0e4d\u200b ", "e\u0301"], k=12))
        assert normalise(normalise(text)) == normalise(text)
        assert one_form(one_form(text)) == one_form(text)
