"""Headers of mail with names and subjects that people chose, written as RFC 2047 asks.

Python's own writer (`email.headerregistry`, 3.11) loses spaces between Thai words, and decodes what looks like an encoded word together
with the line breaks hidden in it, which begins a header of somebody else's choice (CVE-2024-6923). What is written here is only encoded.
"""

import re
from email.header import Header
from email.policy import Policy
from email.utils import quote
from unicodedata import category

LINE_BREAK = "\r\n"
PLAIN = 60
"""Characters of ASCII that fit into one line beside the header's name."""
ATOMS = re.compile(r"[A-Za-z0-9 !#$%&'*+/^_`{|}~-]+")
"""A name that needs no quotation marks (RFC 5322, section 3.2.3)."""


class Written(str):
    """A header whose value is written already, as `email` takes one: a string with a name and `fold`."""

    name: str
    _lines: str

    def __new__(cls, name: str, text: str, lines: str) -> "Written":
        """Make the header `name` that reads as `text` and travels as `lines`."""
        made = super().__new__(cls, text)
        made.name, made._lines = name, lines
        return made

    def fold(self, *, policy: Policy) -> str:
        """Return the header as it travels."""
        return f"{self.name}: {self._lines}{policy.linesep}"


def text(name: str, value: str) -> Written:
    """Return a header of any text."""
    line = one_line(value)
    return Written(name, line, line if _is_plain(line) else _encoded(name, line))


def mailbox(name: str, display_name: str, address: str) -> Written:
    """Return a header of one mailbox: a name that may be anything, and an address that was checked."""
    line = one_line(display_name)
    if not line:
        return Written(name, address, address)
    if not _is_plain(line):
        written = f"{_encoded(name, line)}{LINE_BREAK} <{address}>"
    elif ATOMS.fullmatch(line):
        written = f"{line} <{address}>"
    else:
        written = f'"{quote(line)}" <{address}>'
    return Written(name, f"{line} <{address}>", written)


def one_line(value: str) -> str:
    """Return text without line breaks and other control characters, which would begin another header."""
    return " ".join("".join(" " if category(letter) == "Cc" else letter for letter in value).split())


def _is_plain(line: str) -> bool:
    return line.isascii() and len(line) <= PLAIN and "=?" not in line


def _encoded(name: str, line: str) -> str:
    return Header(line, "utf-8", header_name=name).encode(linesep=LINE_BREAK)
