"""The group is invited to a programme: what to submit, by when, and its own link."""

from sqlalchemy.orm import Session

from shared.events import Event
from shared.messages import facts, links, recipients
from shared.messages.message import Facts, Message, Site
from shared.text import Text


def read_facts(session: Session, event: Event, site: Site) -> Facts:
    """Add the deadline and the required items."""
    about = facts.of_submission(session, event)
    required = [item.label for item in about.definition.items if item.required]
    return about.common | {
        "deadline": about.definition.deadline_at.isoformat(),
        "items_th": ", ".join(label.th for label in required),
        "items_en": ", ".join(label.en for label in required),
    }


MESSAGE = Message(
    recipients=recipients.group,
    facts=read_facts,
    link=links.group_page,
    subject=Text("ขอเชิญส่งผลงาน {{ programme_th }}", "Invitation: {{ programme_en }}"),
    body=Text(
        th="""
เรียน {{ name }}

{{ group }} ได้รับเชิญเข้าร่วม {{ programme_th }}
ขอให้ส่ง {{ items_th }} ภายใน {{ deadline|th }}

เปิดหน้าส่งผลงานของกลุ่มจากลิงก์นี้ (ใช้ได้เฉพาะกลุ่มของท่าน โปรดอย่าส่งต่อ):
{{ link }}

เลขที่ใบสมัคร {{ reference }}
""",
        en="""
Dear {{ name }},

{{ group }} is invited to {{ programme_en }}. Please submit {{ items_en }} by {{ deadline|en }}.

Use this link. It is only for your group, so please do not forward it:
{{ link }}

Reference {{ reference }}
""",
    ),
)
