"""The submission did not pass the screening."""

from shared.messages import facts, links, recipients
from shared.messages.message import Message
from shared.text import Text

MESSAGE = Message(
    recipients=recipients.group,
    facts=facts.common,
    link=links.group_page,
    subject=Text("ผลการกลั่นกรอง {{ reference }}", "Screening: {{ reference }}"),
    body=Text(
        th="""
เรียน {{ name }}

ผลงานของ{{ group }} ไม่ผ่านการกลั่นกรองในครั้งนี้ ขอขอบคุณที่ส่งผลงาน

{{ link }}
""",
        en="""
Dear {{ name }},

The submission of {{ group }} was not shortlisted this time. Thank you for taking part.

{{ link }}
""",
    ),
)
