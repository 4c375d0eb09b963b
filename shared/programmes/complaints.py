"""What pydantic complains of, in words for the person who wrote the file, in Thai and in English."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic_core import ErrorDetails

from shared.forms.nearest import MEANT, nearest, unknown
from shared.forms.part import KEY_PATTERN
from shared.text import Text

_DATETIME = Text("ต้องเป็นวันเวลา เช่น 2020-05-29T23:59:59+07:00", "must be a date with time, as 2020-05-29T23:59:59+07:00")
_DAY = Text("ต้องเป็นวันที่มีจริง เช่น 2020-05-29", "must be a day that exists, as 2020-05-29")
_KEY = Text(
    "ต้องเป็นอักษรอังกฤษตัวเล็ก ตัวเลข และ _ เริ่มด้วยตัวอักษร ไม่เกิน 40 ตัว", "must be small letters, digits and _, beginning with a letter, at most 40"
)
_OR = Text(" หรือ ", " or ")
_NO_FIELD = Text("ไม่รู้จักรายการนี้ โปรดตรวจสอบตัวสะกด", "is not a known field; check its spelling")
_OF_OTHER_FORMAT = Text("รุ่นนี้อ่านรูปแบบ 1 และ 2", "this release reads the formats 1 and 2")
_UNKNOWN = Text("ค่าไม่ถูกต้อง ({message})", "{message}")

_TEXTS: dict[str, Text] = {
    "missing": Text("ยังไม่ได้ระบุ", "is missing"),
    "text_missing": Text(
        "ต้องมีข้อความภาษาไทย (th) หรือภาษาอังกฤษ (en) อย่างน้อยหนึ่งภาษา", "needs a text in Thai (th), in English (en) or in both"
    ),
    "string_type": Text("ต้องเป็นข้อความ", "must be text"),
    "string_too_short": Text("ต้องไม่ว่าง", "must not be empty"),
    "when_unclear": Text(
        "ต้องเป็นวันเวลา (2020-05-29T16:30:00+07:00) วัน (2020-05-29) หรือจำนวนวัน (days: 30)",
        "must be a date with time (2020-05-29T16:30:00+07:00), a day (2020-05-29) or a term (days: 30)",
    ),
    "date_from_datetime_parsing": _DAY,
    "date_parsing": _DAY,
    "date_type": _DAY,
    "union_tag_not_found": Text("ยังไม่ได้ระบุ ต้องเป็นค่าใดค่าหนึ่งใน {expected_tags}", "is missing; must be one of {expected_tags}"),
    "union_tag_invalid": Text("ต้องเป็นค่าใดค่าหนึ่งใน {expected_tags}", "must be one of {expected_tags}"),
    "dict_type": Text("ต้องเป็นรายการ ชื่อ: ค่า", "must be a mapping of names to values"),
    "mapping_type": Text("ต้องเป็นรายการ ชื่อ: ค่า", "must be a mapping of names to values"),
    "string_pattern_mismatch": Text("ต้องมีรูปแบบ {pattern}", "must match {pattern}"),
    "int_type": Text("ต้องเป็นจำนวนเต็ม", "must be a whole number"),
    "int_parsing": Text("ต้องเป็นจำนวนเต็ม", "must be a whole number"),
    "int_from_float": Text("ต้องเป็นจำนวนเต็ม", "must be a whole number"),
    "decimal_type": Text("ต้องเป็นตัวเลข", "must be a number"),
    "decimal_parsing": Text("ต้องเป็นตัวเลข", "must be a number"),
    "decimal_max_places": Text("มีทศนิยมได้ไม่เกิน {decimal_places} ตำแหน่ง", "may have at most {decimal_places} decimal places"),
    "number_too_large": Text("ตัวเลขใหญ่หรือละเอียดเกินไป", "the number is too large or too fine"),
    "bool_type": Text("ต้องเป็น true หรือ false", "must be true or false"),
    "bool_parsing": Text("ต้องเป็น true หรือ false", "must be true or false"),
    "greater_than": Text("ต้องมากกว่า {gt}", "must be greater than {gt}"),
    "greater_than_equal": Text("ต้องไม่น้อยกว่า {ge}", "must be at least {ge}"),
    "less_than": Text("ต้องน้อยกว่า {lt}", "must be less than {lt}"),
    "less_than_equal": Text("ต้องไม่เกิน {le}", "must be at most {le}"),
    "literal_error": Text("ต้องเป็นค่าใดค่าหนึ่งใน {expected}", "must be one of {expected}"),
    "enum": Text("ต้องเป็นค่าใดค่าหนึ่งใน {expected}", "must be one of {expected}"),
    "datetime_parsing": _DATETIME,
    "datetime_from_date_parsing": _DATETIME,
    "datetime_type": _DATETIME,
    "timezone_aware": Text("ต้องระบุเขตเวลา เช่น +07:00", "must say its time zone, as +07:00"),
    "too_short": Text("ต้องมีอย่างน้อย {min_length} รายการ", "must have at least {min_length} entries"),
    "too_long": Text("มีได้ไม่เกิน {max_length} รายการ", "may have at most {max_length} entries"),
    "tuple_type": Text("ต้องเป็นรายการหลายข้อ", "must be a list"),
    "list_type": Text("ต้องเป็นรายการหลายข้อ", "must be a list"),
    "model_type": Text("ต้องเป็นรายการ ชื่อ: ค่า", "must be a mapping of names to values"),
    "model_attributes_type": Text("ต้องเป็นรายการ ชื่อ: ค่า", "must be a mapping of names to values"),
}


def complaint(error: ErrorDetails, known: Iterable[str] = ()) -> Text:
    """Return what is wrong, with the nearest right word of those `known`; an unknown kind in pydantic's own English."""
    facts: dict[str, Any] = {**error.get("ctx", {}), "message": error["msg"]}
    kind, written = error["type"], error["input"]
    if kind == "union_tag_not_found":
        facts["expected_tags"] = ", ".join(f"'{name}'" for name in known)
    if kind == "extra_forbidden":
        return unknown(_NO_FIELD, error["loc"][-1], known)
    if kind == "string_pattern_mismatch" and facts["pattern"] == KEY_PATTERN:
        return _KEY
    if kind == "literal_error" and error["loc"] == ("format",):
        return _OF_OTHER_FORMAT
    expected = str(facts.get("expected_tags" if kind == "union_tag_invalid" else "expected", ""))
    if "expected" in facts:
        facts["expected"] = Text(expected.replace(_OR.en, _OR.th), expected)
    text = _TEXTS.get(kind, _UNKNOWN).fill(**facts)
    if kind == "union_tag_invalid":
        written = facts["tag"]
    meant = nearest(written, re.findall(r"'([^']+)'", expected)) if isinstance(written, str) else None
    if meant is None:
        return text
    also = MEANT.fill(name=meant)
    return Text(text.th + also.th, text.en + also.en)
