"""What the office's pages say of stages: when they begin and end, who fills them in, who accepts."""

from collections.abc import Sequence
from datetime import date, datetime, time

from shared.programmes.definition import Definition
from shared.programmes.offices import OFFICES
from shared.programmes.stages import Collect, Office, When
from shared.text import Text, plural
from shared.thai.dates import long_date, long_moment

CHECKS = Text("ระบบตรวจแล้วรับเอง", "accepted once the checks pass")
BY_OFFICER = Text("{office}เป็นผู้รับ", "accepted by {office}")
FILED_BY = Text("{offices}เป็นผู้ส่ง", "submitted by {offices}")
BETWEEN = Text("เปิด {opens} ถึง {by}", "from {opens} until {by}")
UNTIL = Text("ภายใน {by}", "by {by}")
FROM = Text("เปิด {opens}", "from {opens}")
OR = Text(" หรือ", " or ")


def filers_text(stage: Collect) -> Text:
    """Return who fills in what a stage asks."""
    return FILED_BY.fill(offices=joined([OFFICES[office] for office in stage.filed_by], OR))


def acceptor_text(stage: Collect) -> Text:
    """Return who accepts what is filed at a stage."""
    if stage.accepted_by == "checks":
        return CHECKS
    offices = list(dict.fromkeys(OFFICES[Office(stage.acceptor(filer))] for filer in stage.filed_by))
    return BY_OFFICER.fill(office=joined(offices, OR))


def dates_text(definition: Definition, opens: When | None, by: When | None) -> Text | None:
    """Return when a stage begins and ends; None where neither is said."""
    if opens is not None and by is not None:
        return BETWEEN.fill(opens=_when(definition, opens), by=_when(definition, by))
    if by is not None:
        return UNTIL.fill(by=_when(definition, by))
    return FROM.fill(opens=_when(definition, opens)) if opens is not None else None


def joined(texts: Sequence[Text], word: Text) -> Text:
    """Return texts one after the other with a word between."""
    return Text(word.th.join(text.th for text in texts), word.en.join(text.en for text in texts))


def _when(definition: Definition, when: When) -> Text:
    if isinstance(when, datetime):
        return Text(long_moment(when, "th"), long_moment(when, "en"))
    if isinstance(when, date):
        day = datetime.combine(when, time.min, tzinfo=definition.zone)
        return Text(long_date(day, "th"), long_date(day, "en"))
    return plural(
        when.days,
        th="{count} วันหลังถึงขั้นตอนนี้",
        one="{count} day after it came to this stage",
        many="{count} days after it came to this stage",
    )
