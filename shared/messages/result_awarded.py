"""The submission was awarded: level and money."""

from sqlalchemy.orm import Session

from shared.events import Event
from shared.messages import facts, links, recipients
from shared.messages.message import Facts, Message, Site
from shared.text import Text


def read_facts(session: Session, event: Event, site: Site) -> Facts:
    """Add the level and the amount that the decision gave."""
    about = facts.of_submission(session, event)
    label = about.definition.level_label(event.data["level"])
    if label is None:
        raise ValueError(f"the programme has no level {event.data['level']}")
    return about.common | {"level_th": label.th, "level_en": label.en, "amount": str(event.data["amount"])}


MESSAGE = Message(
    recipients=recipients.group,
    facts=read_facts,
    link=links.group_page,
    subject=Text("ได้รับคัดเลือก{{ level_th }} {{ reference }}", "Awarded ({{ level_en }}): {{ reference }}"),
    body=Text(
        th="""
เรียน {{ name }}

ขอแสดงความยินดี {{ group }} ได้รับคัดเลือก{{ level_th }}
เงินสนับสนุน {{ amount|baht }} บาท เจ้าหน้าที่จะติดต่อเรื่องขั้นตอนต่อไป

{{ link }}
""",
        en="""
Dear {{ name }},

Congratulations: {{ group }} was awarded the level {{ level_en }}, with {{ amount|baht }} baht. An officer will contact you.

{{ link }}
""",
    ),
)
