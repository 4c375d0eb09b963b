"""The deadline is near and the group has not submitted yet."""

from sqlalchemy.orm import Session

from shared.events import Event
from shared.messages import facts, links, recipients
from shared.messages.message import Facts, Message, Site
from shared.text import Text


def read_facts(session: Session, event: Event, site: Site) -> Facts:
    """Add the deadline and the days that are left."""
    _, found = facts.of_filing(session, event)
    return found | {"days": event.data["days"]}


MESSAGE = Message(
    recipients=recipients.filers,
    facts=read_facts,
    link=links.filing_page,
    subject=Text(
        "เหลืออีก {{ days }} วัน: {{ programme_th }}", '{{ "1 day" if days == 1 else "%d days"|format(days) }} left: {{ programme_en }}'
    ),
    body=Text(
        th="""
เรียน {{ name }}

{{ group }} ยังไม่ได้ส่งผลงาน {{ programme_th }} เหลือเวลาอีก {{ days }} วัน (ถึง {{ deadline|th }})

{{ link }}
""",
        en="""
Dear {{ name }},

{{ group }} has not submitted to {{ programme_en }} yet.
{{ "1 day is" if days == 1 else "%d days are"|format(days) }} left (until {{ deadline|en }}).

{{ link }}
""",
    ),
)
