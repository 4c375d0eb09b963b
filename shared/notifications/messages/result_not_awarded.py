"""The submission was not awarded."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.GROUP,
    subject=("ผลการคัดเลือก {{ reference }}", "Selection: {{ reference }}"),
    th="""
เรียน {{ name }}

ผลงานของ{{ group }} ไม่ได้รับคัดเลือกในครั้งนี้ ขอขอบคุณที่ส่งผลงาน

{{ link }}
""",
    en="""
Dear {{ name }},

what {{ group }} sent was not selected this time. Thank you for taking part.

{{ link }}
""",
)
