"""Refusals as statements.

An error is a class named after what is true (`DeadlinePassed`, `AlreadyReviewed`), defined beside what raises it, and derived from
one of the kinds below. The kind decides, each in one place, the HTTP status (`services.web.errors`) and whether a
worker tries again (`workers.base`). The texts are templates over the keyword arguments of the constructor.
"""

import re
from typing import Any, ClassVar


class Refusal(Exception):
    """Something was asked that cannot be done; says why and what to do, in Thai and in English.

    `th` and `en` are `str.format` templates over `facts`; `facts` is JSON-compatible and travels with the problem document.
    """

    th: ClassVar[str] = "ทำรายการไม่สำเร็จ"
    en: ClassVar[str] = "This could not be done."

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(f"{self.code}: {self.detail('en')}")

    @property
    def code(self) -> str:
        """The stable name of this refusal, see `code_of`."""
        return code_of(type(self))

    def detail(self, language: str) -> str:
        """The sentence for a person, in `th` or `en`."""
        return (self.en if language == "en" else self.th).format(**self.facts)


def code_of(refusal: type[Refusal]) -> str:
    """Return the stable name of a class of refusals: `DeadlinePassed` → `deadline_passed`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", refusal.__name__).lower()


class NotFound(Refusal):
    """There is no such thing, or not for this person (404)."""

    th = "ไม่พบสิ่งที่ท่านขอ โปรดตรวจสอบลิงก์"
    en = "There is nothing here, or not for you. Please check the link."


class Unauthenticated(Refusal):
    """Nobody is known to be asking (401)."""

    th = "โปรดเข้าสู่ระบบ หรือเปิดจากลิงก์ที่ท่านได้รับ"
    en = "Please sign in, or open the link that was sent to you."


class Forbidden(Refusal):
    """This person may not do this (403)."""

    th = "ท่านไม่มีสิทธิ์ทำรายการนี้"
    en = "You may not do this."


class Conflict(Refusal):
    """The thing is not in a state that allows it (409)."""

    th = "รายการนี้เปลี่ยนสถานะไปแล้ว โปรดเปิดหน้านี้ใหม่"
    en = "This has changed in the meantime. Please reload."


class Gone(Refusal):
    """It was here, and has ended (410)."""

    th = "สิ่งนี้หมดอายุแล้ว"
    en = "This has expired."


class TooMany(Refusal):
    """It was asked too often (429); `retry_seconds` says when to come again."""

    th = "มีคำขอเข้ามาถี่เกินไป โปรดลองใหม่ในอีก {retry_seconds} วินาที"
    en = "This was asked too often. Please try again in {retry_seconds} seconds."


class TooLarge(Refusal):
    """It has more bytes than allowed (413)."""

    th = "ไฟล์ใหญ่เกินกำหนด"
    en = "The file is too large."


class Invalid(Refusal):
    """What was given cannot be right (422)."""

    th = "ข้อมูลไม่ถูกต้อง"
    en = "This is not valid."


class Unavailable(Refusal):
    """A part of the system does not answer now; trying again later is right (503)."""

    th = "ระบบไม่ว่างชั่วคราว โปรดลองใหม่ในอีกสักครู่"
    en = "The system is busy for a moment. Please try again shortly."
