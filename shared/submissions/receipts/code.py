"""The code of a receipt, as OM63-0001-7KQ4-M2XD: can be read aloud, cannot be invented, and proves what the receipt says; pure.

It is the submission's reference and 40 bits of HMAC-SHA-256 over the receipt's id and its document, in Crockford's base 32, which has
no I, L, O and U (https://www.crockford.com/base32.html). So a document that was changed has another code.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from shared.people.codes import CROCKFORD, MISREAD
from shared.thai.numerals import arabic_digits

LETTERS = 8
LONGEST = 60
"""Characters that are read of what somebody typed."""
_NUMBER = re.compile(r"\d{4,9}")


def write(secret: str, *, reference: str, id_: UUID, document: dict[str, Any]) -> str:
    """Return the code of a receipt; `document` is JSON."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    seal = hmac.digest(secret.encode(), b"receipt:" + id_.bytes + canonical, hashlib.sha256)
    bits = int.from_bytes(seal[: LETTERS * 5 // 8])
    letters = "".join(CROCKFORD[bits >> shift & 31] for shift in range((LETTERS - 1) * 5, -1, -5))
    return f"{reference}-{letters[:4]}-{letters[4:]}"


def is_genuine(secret: str, code: str, *, reference: str, id_: UUID, document: dict[str, Any]) -> bool:
    """Say whether a receipt is as it was issued."""
    return hmac.compare_digest(code.encode(), write(secret, reference=reference, id_=id_, document=document).encode())


def meant(typed: str, prefixes: Iterable[str]) -> set[str]:
    """Return the codes that somebody may have meant, given the prefixes of references there are.

    In any case, with Thai digits, with blanks and signs or without, and with O for 0, I and L for 1, or the other way round.
    """
    plain = "".join(letter for letter in arabic_digits(typed[:LONGEST]).upper() if letter.isprintable())
    letters = "".join(letter for letter in plain if letter.isascii() and letter.isalnum())
    reference, seal = (part.translate(MISREAD) for part in (letters[:-LETTERS], letters[-LETTERS:]))
    codes = {plain.strip()}
    for prefix in prefixes:
        number = reference.removeprefix(prefix.translate(MISREAD))
        if number != reference and _NUMBER.fullmatch(number):
            codes.add(f"{prefix}-{number}-{seal[:4]}-{seal[4:]}")
    return codes
