"""Dates that cannot be: a stage that ends before it begins, or before what it needs can be there. Pure.

Stages may overlap, and their dates need not follow the order of the list. What hangs on a term of days is known only in the play.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from shared.forms.problem import Path, Problem
from shared.programmes import repeating
from shared.programmes.consistency import plain
from shared.programmes.consistency.outline import MOST_TIMES, Outline, Stage
from shared.text import Text

BEFORE_IT_OPENS = Text("สิ้นสุด ({by}) ก่อนเปิด ({opens})", "ends ({by}) before it opens ({opens})")
BEFORE_WHAT_IT_NEEDS = Text(
    "สิ้นสุด ({by}) ก่อนที่ขั้นตอน {stage} ซึ่งต้องมีก่อนจะเกิดขึ้นได้ ({earliest})",
    "ends ({by}) before what it needs of stage {stage} can be there ({earliest})",
)
WRONG_ERA = Text("วันที่ในไฟล์ใช้ปี ค.ศ. (หมายถึง {meant} หรือไม่)", "dates of a file have the year of the common era; did you mean {meant}?")
YEAR_NOT_OF_ITS_ERA = Text(
    "ปีงบประมาณ {year} ไม่ใช่ปี{era} ตามปฏิทินของโครงการ (calendar) (หมายถึง {meant} หรือไม่)",
    "{year} is no year of the {era} era, which is the programme's calendar; did you mean {meant}?",
)
BUDDHIST, COMMON = Text("พุทธศักราช", "Buddhist"), Text("คริสต์ศักราช", "common")
NEVER_LATER = Text("ต้องห่างกันอย่างน้อย 1 วัน (days) หรือ 1 เดือน (months)", "must be at least 1 day (days) or 1 month (months)")
TOO_FAR = Text(
    "ครั้งสุดท้ายจะอยู่ไกลเกินไป ใช้วันที่ไม่เกินปี ค.ศ. {year} และไม่เกิน {days} วัน",
    "the last repetition lies too far away; dates reach to the year {year} and terms to {days} days",
)
BUDDHIST_FROM = 2400
"""From this year on a year is one of the Buddhist era."""
ERAS_APART = 543
LAST_YEAR = BUDDHIST_FROM - 1
LONGEST_TERM = 3660
"""Days."""


def problems(outline: Outline) -> Iterator[Problem]:
    """Yield wrong eras, repetitions that lead nowhere, ends before beginnings."""
    yield from _year(outline.document)
    for number, milestone in plain.parts(outline.document, "milestones"):
        yield from _era(("milestones", number, "by"), milestone.get("by"))
    for path, stage in outline.written:
        for name in ("opens", "by"):
            yield from _era((*path, name), stage.get(name))
        yield from _repeat(path, stage)
    yield from _orders(outline)


def _year(document: Mapping[str, Any]) -> Iterator[Problem]:
    year = plain.number(document.get("fiscal_year"))
    if year is None:
        return
    buddhist = document.get("calendar", "buddhist") == "buddhist"
    if buddhist and year < BUDDHIST_FROM:
        yield Problem(("fiscal_year",), YEAR_NOT_OF_ITS_ERA.fill(year=year, era=BUDDHIST, meant=year + ERAS_APART))
    if not buddhist and year >= BUDDHIST_FROM:
        yield Problem(("fiscal_year",), YEAR_NOT_OF_ITS_ERA.fill(year=year, era=COMMON, meant=year - ERAS_APART))


def _era(path: Path, written: object) -> Iterator[Problem]:
    when = _read(written)
    if when is not None and when.year >= BUDDHIST_FROM:
        # The year alone: 29 February is a day of 2563 (2020), though 2563 is no leap year of the common era.
        meant = f"{when.year - ERAS_APART}{str(when)[4:10]}"
        yield Problem(path, WRONG_ERA.fill(meant=meant))


def _repeat(path: Path, stage: Mapping[str, Any]) -> Iterator[Problem]:
    repeat = plain.mapping(stage, "repeat")
    every, times = plain.mapping(repeat, "every"), plain.whole(repeat.get("times"), most=MOST_TIMES)
    days, months = (plain.whole(every.get(name, 0), most=LONGEST_TERM) for name in ("days", "months"))
    if days is None or months is None or times is None:
        return
    if times > 1 and "every" in repeat and days == 0 and months == 0:
        yield Problem((*path, "repeat", "every"), NEVER_LATER)
    if any(_is_too_far(stage.get(name), days, months, times - 1) for name in ("opens", "by")):
        yield Problem((*path, "repeat"), TOO_FAR.fill(year=LAST_YEAR, days=LONGEST_TERM))


def _is_too_far(written: object, days: int, months: int, times: int) -> bool:
    if isinstance(written, Mapping):
        term = plain.number(written.get("days"))
        return term is not None and term <= LONGEST_TERM < repeating.later_term(int(term), days, months, times)
    when = _read(written)
    if when is None or when.year > LAST_YEAR:
        return False
    try:
        return repeating.later(when, days, months, times).year > LAST_YEAR
    except (OverflowError, ValueError):
        return True


def _orders(outline: Outline) -> Iterator[Problem]:
    zone = _zone(outline.document)
    known = {} if outline.cycles else _earliest(outline, zone)
    told: set[Path] = set()
    for stage in outline.stages.values():
        by, opens = _instant(stage, "by", zone), _instant(stage, "opens", zone)
        if by is None or stage.path in told:
            continue
        if opens is not None and by < opens:
            yield Problem((*stage.path, "by"), BEFORE_IT_OPENS.fill(by=_shown(by), opens=_shown(opens)))
            told.add(stage.path)
            continue
        late = [(known[key], key) for key in outline.needs[stage.key] if key in known]
        earliest, key = max(late, default=(by, ""))
        if by < earliest:
            yield Problem(
                (*stage.path, "by"), BEFORE_WHAT_IT_NEEDS.fill(by=_shown(by), stage=key, earliest=_shown(earliest.astimezone(zone)))
            )
            told.add(stage.path)


def _earliest(outline: Outline, zone: ZoneInfo) -> dict[str, datetime]:
    """Return when the first row of each stage can be there, where that is known."""
    known: dict[str, datetime] = {}
    waiting = dict(outline.stages)
    while waiting:
        ready = [key for key, stage in waiting.items() if not outline.needs[key] & waiting.keys()]
        for key in ready:
            stage = waiting.pop(key)
            opens = _instant(stage, "opens", zone)
            found = [known[other] for other in outline.needs[stage.key] if other in known] + ([opens] if opens is not None else [])
            if found:
                known[key] = max(found)
    return known


def _instant(stage: Stage, name: str, zone: ZoneInfo) -> datetime | None:
    """Return when a stage opens or ends, None where that hangs on a term or cannot be read."""
    when = _read(stage.data.get(name))
    if when is None or when.year > LAST_YEAR:
        return None
    if stage.number:
        every = plain.mapping(plain.mapping(stage.data, "repeat"), "every")
        days, months = (plain.whole(every.get(name, 0), most=LONGEST_TERM) for name in ("days", "months"))
        if days is None or months is None:
            return None
        try:
            when = repeating.later(when, days, months, stage.number)
        except (OverflowError, ValueError):
            return None
    if isinstance(when, datetime):
        return when if when.tzinfo is not None else None
    return datetime.combine(when, time(23, 59, 59) if name == "by" else time.min, tzinfo=zone)


def _read(written: object) -> date | None:
    """Return a day or an instant (a datetime is a date), None if it is neither."""
    if isinstance(written, date):
        return written
    if not isinstance(written, str):
        return None
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(written.strip())
        except ValueError:
            continue
    return None


def _zone(document: Mapping[str, Any]) -> ZoneInfo:
    name = document.get("timezone", "Asia/Bangkok")
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, TypeError):
        return ZoneInfo("UTC")


def _shown(at: datetime) -> str:
    return at.isoformat(sep=" ", timespec="minutes")
