"""What pydantic complains of, in words for the person who wrote the file, in Thai and in English."""

from typing import Any

from pydantic_core import ErrorDetails

_DATETIME = ("ต้องเป็นวันเวลา เช่น 2020-05-29T23:59:59+07:00", "must be a date with time, as 2020-05-29T23:59:59+07:00")

_TEXTS: dict[str, tuple[str, str]] = {
    "missing": ("ยังไม่ได้ระบุ", "is missing"),
    "extra_forbidden": ("ไม่รู้จักรายการนี้ โปรดตรวจสอบตัวสะกด", "is not a known field; check its spelling"),
    "string_type": ("ต้องเป็นข้อความ", "must be text"),
    "string_too_short": ("ต้องไม่ว่าง", "must not be empty"),
    "string_pattern_mismatch": ("ต้องมีรูปแบบ {pattern}", "must match {pattern}"),
    "int_type": ("ต้องเป็นจำนวนเต็ม", "must be a whole number"),
    "int_parsing": ("ต้องเป็นจำนวนเต็ม", "must be a whole number"),
    "int_from_float": ("ต้องเป็นจำนวนเต็ม", "must be a whole number"),
    "decimal_type": ("ต้องเป็นตัวเลข", "must be a number"),
    "decimal_parsing": ("ต้องเป็นตัวเลข", "must be a number"),
    "decimal_max_places": ("มีทศนิยมได้ไม่เกิน {decimal_places} ตำแหน่ง", "may have at most {decimal_places} decimal places"),
    "bool_type": ("ต้องเป็น true หรือ false", "must be true or false"),
    "bool_parsing": ("ต้องเป็น true หรือ false", "must be true or false"),
    "greater_than": ("ต้องมากกว่า {gt}", "must be greater than {gt}"),
    "greater_than_equal": ("ต้องไม่น้อยกว่า {ge}", "must be at least {ge}"),
    "less_than": ("ต้องน้อยกว่า {lt}", "must be less than {lt}"),
    "less_than_equal": ("ต้องไม่เกิน {le}", "must be at most {le}"),
    "literal_error": ("ต้องเป็นค่าใดค่าหนึ่งใน {expected}", "must be one of {expected}"),
    "enum": ("ต้องเป็นค่าใดค่าหนึ่งใน {expected}", "must be one of {expected}"),
    "datetime_parsing": _DATETIME,
    "datetime_from_date_parsing": _DATETIME,
    "datetime_type": _DATETIME,
    "timezone_aware": ("ต้องระบุเขตเวลา เช่น +07:00", "must say its time zone, as +07:00"),
    "too_short": ("ต้องมีอย่างน้อย {min_length} รายการ", "must have at least {min_length} entries"),
    "tuple_type": ("ต้องเป็นรายการหลายข้อ", "must be a list"),
    "list_type": ("ต้องเป็นรายการหลายข้อ", "must be a list"),
    "model_type": ("ต้องเป็นรายการ ชื่อ: ค่า", "must be a mapping of names to values"),
    "model_attributes_type": ("ต้องเป็นรายการ ชื่อ: ค่า", "must be a mapping of names to values"),
}


def complaint(error: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong in Thai and in English; an unknown kind is described by pydantic's own English message."""
    th, en = _TEXTS.get(error["type"], ("ค่าไม่ถูกต้อง ({message})", "{message}"))
    facts: dict[str, Any] = {**error.get("ctx", {}), "message": error["msg"]}
    return th.format(**facts), en.format(**facts)
