"""An e-mail address, kept in small letters as accounts have it."""

import re
from typing import Any

from shared.forms.questions import Email
from shared.forms.reading import Writing, by_reading, line, no_gaps, wrong
from shared.text import Text

LONGEST = 254
"""Characters. Source: RFC 5321 with erratum 1690."""
_PART = r"""[^@\s.,;:<>()\[\]"\\/]"""
_ADDRESS = re.compile(rf"(?:{_PART}|[./]){{1,64}}@(?:{_PART}{{1,63}}\.)+(?!\d+$){_PART}{{2,63}}")

NO_ADDRESS = Text("ไม่ใช่ที่อยู่อีเมล ต้องมีรูปแบบ name@example.com", "is not an e-mail address; it looks like name@example.com")

gaps = no_gaps


def field(question: Email) -> Any:
    """Return the annotation of the question's field."""
    return by_reading(read, question, str)


def read(question: Email, typed: object) -> str:
    """Return the address in small letters."""
    address = line(typed).lower()
    if len(address) > LONGEST or ".." in address or not _ADDRESS.fullmatch(address):
        raise wrong("not_an_email", NO_ADDRESS)
    return address


def shown(question: Email, stored: str, writing: Writing) -> Text:
    """Return the address."""
    return Text(stored, stored)
