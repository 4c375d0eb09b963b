"""The submission was not awarded."""

from shared.messages import facts, links, recipients
from shared.messages.message import Message
from shared.text import Text

MESSAGE = Message(
    recipients=recipients.group,
    facts=facts.common,
    link=links.group_page,
    subject=Text("ผลการคัดเลือก {{ reference }}", "Selection: {{ reference }}"),
    body=Text(
        th="""
เรียน {{ name }}

ผลงานของ{{ group }} ไม่ได้รับคัดเลือกในครั้งนี้ ขอขอบคุณที่ส่งผลงาน

{{ link }}
""",
        en="""
Dear {{ name }},

The submission of {{ group }} was not selected this time. Thank you for taking part.

{{ link }}
""",
    ),
)
