"""The submission passed a screening round."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.GROUP,
    subject=("ผ่านการกลั่นกรอง {{ reference }}", "Shortlisted: {{ reference }}"),
    th="""
เรียน {{ name }}

ผลงานของ{{ group }} ผ่านการกลั่นกรองแล้ว และเข้าสู่รอบคัดเลือก

{{ link }}
""",
    en="""
Dear {{ name }},

what {{ group }} sent was shortlisted and goes on to the selection.

{{ link }}
""",
)
