"""The submission did not pass a screening round."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.GROUP,
    subject=("ผลการกลั่นกรอง {{ reference }}", "Screening: {{ reference }}"),
    th="""
เรียน {{ name }}

ผลงานของ{{ group }} ไม่ผ่านการกลั่นกรองในครั้งนี้ ขอขอบคุณที่ส่งผลงาน

{{ link }}
""",
    en="""
Dear {{ name }},

what {{ group }} sent was not shortlisted this time. Thank you for taking part.

{{ link }}
""",
)
