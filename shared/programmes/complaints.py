"""What pydantic complains of, in words for the person who wrote the file, in Thai and in English."""

from typing import Any

from pydantic_core import ErrorDetails

from shared.text import Text

_DATETIME = Text("ต้องเป็นวันเวลา เช่น 2020-05-29T23:59:59+07:00", "must be a date with time, as 2020-05-29T23:59:59+07:00")
_UNKNOWN = Text("ค่าไม่ถูกต้อง ({message})", "{message}")

_TEXTS: dict[str, Text] = {
    "missing": Text("ยังไม่ได้ระบุ", "is missing"),
    "text_missing": Text(
        "ต้องมีข้อความภาษาไทย (th) หรือภาษาอังกฤษ (en) อย่างน้อยหนึ่งภาษา", "needs a text in Thai (th), in English (en) or in both"
    ),
    "extra_forbidden": Text("ไม่รู้จักรายการนี้ โปรดตรวจสอบตัวสะกด", "is not a known field; check its spelling"),
    "string_type": Text("ต้องเป็นข้อความ", "must be text"),
    "string_too_short": Text("ต้องไม่ว่าง", "must not be empty"),
    "string_pattern_mismatch": Text("ต้องมีรูปแบบ {pattern}", "must match {pattern}"),
    "int_type": Text("ต้องเป็นจำนวนเต็ม", "must be a whole number"),
    "int_parsing": Text("ต้องเป็นจำนวนเต็ม", "must be a whole number"),
    "int_from_float": Text("ต้องเป็นจำนวนเต็ม", "must be a whole number"),
    "decimal_type": Text("ต้องเป็นตัวเลข", "must be a number"),
    "decimal_parsing": Text("ต้องเป็นตัวเลข", "must be a number"),
    "decimal_max_places": Text("มีทศนิยมได้ไม่เกิน {decimal_places} ตำแหน่ง", "may have at most {decimal_places} decimal places"),
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
    "tuple_type": Text("ต้องเป็นรายการหลายข้อ", "must be a list"),
    "list_type": Text("ต้องเป็นรายการหลายข้อ", "must be a list"),
    "model_type": Text("ต้องเป็นรายการ ชื่อ: ค่า", "must be a mapping of names to values"),
    "model_attributes_type": Text("ต้องเป็นรายการ ชื่อ: ค่า", "must be a mapping of names to values"),
}


def complaint(error: ErrorDetails) -> Text:
    """Return what is wrong; an unknown kind is described by pydantic's own English message."""
    facts: dict[str, Any] = {**error.get("ctx", {}), "message": error["msg"]}
    return _TEXTS.get(error["type"], _UNKNOWN).fill(**facts)
