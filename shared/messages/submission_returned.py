"""The submission was returned for changes: what is wrong, in plain words, and where to fix it."""

from sqlalchemy.orm import Session

from shared.events import Event
from shared.messages import facts, links, recipients
from shared.messages.message import Facts, Message, Site
from shared.text import Text
from shared.validation.queries import finding_text


def read_facts(session: Session, event: Event, site: Site) -> Facts:
    """Add the findings, an officer's reason, and until when to fix it."""
    of, found = facts.of_filing(session, event)
    labels = {item.key: item.label for item in of.form.items}
    findings = [
        {"item_th": labels[one["item"]].th, "item_en": labels[one["item"]].en} | finding_text(one["code"], one["data"]).to_json()
        for one in event.data["findings"]
    ]
    return found | {"closes": of.closes.isoformat(), "findings": findings, "reason": event.reason or ""}


MESSAGE = Message(
    recipients=recipients.filers,
    facts=read_facts,
    link=links.filing_page,
    subject=Text("ต้องแก้ไขผลงาน {{ reference }}", "Please fix: {{ reference }}"),
    body=Text(
        th="""
เรียน {{ name }}

ผลงานของ{{ group }} ยังรับไม่ได้ เพราะ
{% for finding in findings %}
- {{ finding.item_th }}: {{ finding.th }}
{% endfor %}
{% if reason is defined and reason %}
- {{ reason }}
{% endif %}
โปรดแก้ไขแล้วส่งใหม่ภายใน {{ closes|th }} ที่ลิงก์นี้:
{{ link }}
""",
        en="""
Dear {{ name }},

The submission of {{ group }} cannot be accepted yet:
{% for finding in findings %}
- {{ finding.item_en }}: {{ finding.en }}
{% endfor %}
{% if reason is defined and reason %}
- {{ reason }}
{% endif %}
Please fix this and submit again by {{ closes|en }}:
{{ link }}
""",
    ),
)
