"""The submission was returned for changes: what is wrong, in plain words, and where to fix it."""

from sqlalchemy.orm import Session

from shared.events import Event
from shared.messages import facts, links, recipients
from shared.messages.message import Facts, Message, Site
from shared.submissions.deadlines import closes_at
from shared.text import Text
from shared.validation.queries import finding_text


def read_facts(session: Session, event: Event, site: Site) -> Facts:
    """Add the findings and the new deadline."""
    about = facts.of_submission(session, event)
    labels = {item.kind: item.label for item in about.definition.items}
    submission = about.submission
    closes = closes_at(about.definition, submitted_at=submission.submitted_at, returned_at=submission.returned_at)
    findings = [
        {"item_th": labels[found["item"]].th, "item_en": labels[found["item"]].en} | finding_text(found["code"], found["data"]).to_json()
        for found in event.data["findings"]
    ]
    return about.common | {"closes": closes.isoformat(), "findings": findings}


MESSAGE = Message(
    recipients=recipients.group,
    facts=read_facts,
    link=links.group_page,
    subject=Text("ต้องแก้ไขผลงาน {{ reference }}", "Please fix: {{ reference }}"),
    body=Text(
        th="""
เรียน {{ name }}

ผลงานของ{{ group }} ยังรับไม่ได้ เพราะ
{% for finding in findings %}
- {{ finding.item_th }}: {{ finding.th }}
{% endfor %}
โปรดแก้ไขแล้วส่งใหม่ภายใน {{ closes|th }} ที่ลิงก์นี้:
{{ link }}
""",
        en="""
Dear {{ name }},

The submission of {{ group }} cannot be accepted yet:
{% for finding in findings %}
- {{ finding.item_en }}: {{ finding.en }}
{% endfor %}
Please fix this and submit again by {{ closes|en }}:
{{ link }}
""",
    ),
)
