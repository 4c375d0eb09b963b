"""The submission passed the screening."""

from shared.messages import facts, links, recipients
from shared.messages.message import Message
from shared.text import Text

MESSAGE = Message(
    recipients=recipients.group,
    facts=facts.common,
    link=links.group_page,
    subject=Text("ผ่านการกลั่นกรอง {{ reference }}", "Shortlisted: {{ reference }}"),
    body=Text(
        th="""
เรียน {{ name }}

ผลงานของ{{ group }} ผ่านการกลั่นกรองแล้ว และเข้าสู่รอบคัดเลือก

{{ link }}
""",
        en="""
Dear {{ name }},

The submission of {{ group }} is shortlisted and goes on to the selection.

{{ link }}
""",
    ),
)
