"""Short codes: what people read out or type instead of opening a link. Each is for one purpose, one subject and a short time.

A code is written from its row's id with the secret key, so a message may carry it later although only a keyed digest lies in the database.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from shared.database import new_id
from shared.people.models import Code, CodePurpose
from shared.thai.numerals import arabic_digits

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 without the letters that are taken for digits (https://www.crockford.com/base32.html)."""
MISREAD = str.maketrans("OIL", "011")
HANDOVER_LETTERS = 8
CONFIRM_DIGITS = 6
TERMS = {CodePurpose.HANDOVER: timedelta(minutes=15), CodePurpose.CONFIRM: timedelta(hours=24)}
TRIES = {CodePurpose.HANDOVER: 1, CodePurpose.CONFIRM: 5}


class Tried(StrEnum):
    """What became of a code that was typed: right, wrong with tries left, or there is none that could be right (any more)."""

    RIGHT = "right"
    WRONG = "wrong"
    DEAD = "dead"


def make(session: Session, purpose: CodePurpose, *, subject_id: UUID, secret: str, now: datetime) -> Code:
    """Make a code; an older one of the same purpose and subject ends."""
    end(session, purpose, subject_id=subject_id, now=now)
    code = Code(
        id=new_id(),
        purpose=purpose,
        subject_id=subject_id,
        created_at=now,
        expires_at=now + TERMS[purpose],
        tries_left=TRIES[purpose],
    )
    code.digest = _digest(purpose, _bare(code, secret), secret)
    session.add(code)
    session.flush()
    return code


def written(code: Code, *, secret: str) -> str:
    """Return a code as people read it: `7K3M-Q0ZX` to hand over, `123 456` to confirm."""
    bare = _bare(code, secret)
    half = len(bare) // 2
    return bare[:half] + ("-" if code.purpose == CodePurpose.HANDOVER else " ") + bare[half:]


def living(session: Session, purpose: CodePurpose, *, subject_id: UUID, now: datetime) -> Code | None:
    """Return the code of a subject that can be used now."""
    return session.scalar(select(Code).where(Code.subject_id == subject_id, *_lives(purpose, now)).order_by(Code.id.desc()).limit(1))


def peek(session: Session, typed: str, *, secret: str, now: datetime) -> Code | None:
    """Return the living handover code that was typed, without using it up."""
    digest = _digest(CodePurpose.HANDOVER, _read(CodePurpose.HANDOVER, typed), secret)
    return session.scalar(select(Code).where(Code.digest == digest, *_lives(CodePurpose.HANDOVER, now)))


def use(session: Session, typed: str, *, secret: str, now: datetime) -> Code | None:
    """Use a handover code up, and return it; None for one that is wrong, has expired or was used."""
    code = peek(session, typed, secret=secret, now=now)
    if code is None:
        return None
    used = session.scalar(update(Code).where(Code.id == code.id, Code.used_at.is_(None)).values(used_at=now).returning(Code.id))
    return code if used is not None else None


def confirm(session: Session, typed: str, *, subject_id: UUID, secret: str, now: datetime) -> tuple[Tried, int]:
    """Try a filing's confirmation code; return what became of it and how many tries are left.

    A wrong try counts only if the transaction commits, so the caller answers a wrong code without raising.
    """
    code = living(session, CodePurpose.CONFIRM, subject_id=subject_id, now=now)
    if code is None:
        return Tried.DEAD, 0
    # The try is spent before anything is compared: many guesses at once wait for the row, and each costs one.
    left = session.scalar(
        update(Code)
        .where(Code.id == code.id, Code.tries_left > 0, Code.used_at.is_(None))
        .values(tries_left=Code.tries_left - 1)
        .returning(Code.tries_left)
    )
    if left is None:
        return Tried.DEAD, 0
    if hmac.compare_digest(code.digest, _digest(CodePurpose.CONFIRM, _read(CodePurpose.CONFIRM, typed), secret)):
        session.execute(update(Code).where(Code.id == code.id).values(used_at=now))
        return Tried.RIGHT, left
    return (Tried.WRONG if left else Tried.DEAD), left


def end(session: Session, purpose: CodePurpose, *, subject_id: UUID, now: datetime) -> None:
    """End the living codes of a subject for one purpose."""
    session.execute(update(Code).where(Code.subject_id == subject_id, *_lives(purpose, now)).values(expires_at=now))


def _lives(purpose: CodePurpose, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Code.purpose == purpose, Code.used_at.is_(None), Code.expires_at > now, Code.tries_left > 0


def _bare(code: Code, secret: str) -> str:
    number = int.from_bytes(hmac.digest(secret.encode(), f"code:{code.purpose}:".encode() + code.id.bytes, hashlib.sha256))
    if code.purpose == CodePurpose.CONFIRM:
        return f"{number % 10**CONFIRM_DIGITS:0{CONFIRM_DIGITS}d}"
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in range(HANDOVER_LETTERS))


def _read(purpose: CodePurpose, typed: str) -> str:
    """Return what was meant: any case, with or without spaces and dashes, Thai digits, O for 0, I or L for 1."""
    bare = "".join(letter for letter in arabic_digits(typed).upper() if letter.isalnum())
    return bare.translate(MISREAD) if purpose == CodePurpose.HANDOVER else bare


def _digest(purpose: CodePurpose, bare: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"typed:{purpose}:{bare}".encode(), hashlib.sha256).hexdigest()
