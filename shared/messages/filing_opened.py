"""Something is asked from now on: of the applicant, or of the office that files it."""

from shared.messages import facts, links, recipients
from shared.messages.message import Message
from shared.text import Text

MESSAGE = Message(
    recipients=recipients.filers,
    facts=facts.filing,
    link=links.filing_page,
    subject=Text("เปิดให้ส่ง {{ stage_th }}: {{ reference }}", "Now asked: {{ stage_en }}, {{ reference }}"),
    body=Text(
        th="""
เรียน {{ name }}

{{ programme_th }}
{{ group }} (เลขที่ {{ reference }}): {{ stage_th }} เปิดให้ส่งแล้ว กำหนดส่งภายใน {{ deadline|th }}

{{ link }}
""",
        en="""
Dear {{ name }},

{{ programme_en }}
{{ group }} (reference {{ reference }}): {{ stage_en }} can be submitted now. It is due by {{ deadline|en }}.

{{ link }}
""",
    ),
)
