"""The group is invited to a programme: what to submit, by when, and its own link."""

from sqlalchemy.orm import Session

from shared.events import Event
from shared.messages import facts, links, recipients
from shared.messages.message import Facts, Message, Site
from shared.submissions.filings import context
from shared.text import Text


def read_facts(session: Session, event: Event, site: Site) -> Facts:
    """Add what is asked first: its deadline and its required items."""
    about = facts.of_submission(session, event)
    asked = context.of_submissions(session, [about.submission.id])[about.submission.id]
    first = min(asked, key=lambda one: one.filing.due_at, default=None)
    required = [item.label for item in first.form.items if item.required] if first else []
    return about.common | {
        "deadline": first.filing.due_at.isoformat() if first else None,
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
{% if deadline %}
ขอให้ส่ง{% if items_th %} {{ items_th }}{% endif %} ภายใน {{ deadline|th }}
{% endif %}

เปิดหน้าส่งผลงานของกลุ่มจากลิงก์นี้ (ใช้ได้เฉพาะกลุ่มของท่าน โปรดอย่าส่งต่อ):
{{ link }}

เลขที่ใบสมัคร {{ reference }}
""",
        en="""
Dear {{ name }},

{{ group }} is invited to {{ programme_en }}.
{% if deadline %}
Please submit{% if items_en %} {{ items_en }}{% endif %} by {{ deadline|en }}.
{% endif %}

Use this link. It is only for your group, so please do not forward it:
{{ link }}

Reference {{ reference }}
""",
    ),
)
