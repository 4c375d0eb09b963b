"""A telephone number, kept in international form with its extension: +66812345678, +6621234567;ext=12."""

from typing import Any

from shared.forms.questions import Telephone
from shared.forms.reading import Writing, by_reading, characters, no_gaps, wrong
from shared.text import Text
from shared.thai import telephones

NO_NUMBER = Text(
    "ไม่ใช่หมายเลขโทรศัพท์ โปรดพิมพ์ให้ครบเพียงหมายเลขเดียว เช่น 081 234 5678",
    "is not a telephone number; please type one complete number, as 081 234 5678 or +44 20 7946 0958",
)
AS_TEXT = Text(
    "หมายเลขโทรศัพท์เป็นตัวเลข จึงอาจเสียเลขศูนย์นำหน้า โปรดส่งเป็นข้อความ",
    "the number is no text and may have lost its leading zero; please send it as text",
)
WITH_EXTENSION = Text("{number} ต่อ {extension}", "{number} ext. {extension}")

gaps = no_gaps


def field(question: Telephone) -> Any:
    """Return the annotation of the question's field."""
    return by_reading(read, question, str)


def read(question: Telephone, typed: object) -> str:
    """Return the number in its one form."""
    if not isinstance(typed, str):
        raise wrong("telephone_not_text", AS_TEXT)
    number = telephones.read_telephone(characters(typed))
    if number is None:
        raise wrong("not_a_telephone", NO_NUMBER)
    return number


def shown(question: Telephone, stored: str, writing: Writing) -> Text:
    """Return the number as people write it: 081 234 5678."""
    number, extension = telephones.written(stored)
    return WITH_EXTENSION.fill(number=number, extension=extension) if extension else Text(number, number)
