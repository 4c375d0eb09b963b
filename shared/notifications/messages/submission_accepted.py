"""All files are good: the committee has it."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.GROUP,
    subject=("รับผลงานแล้ว {{ reference }}", "Accepted: {{ reference }}"),
    th="""
เรียน {{ name }}

ไฟล์ของ{{ group }} (เลขที่ {{ reference }}) ครบถ้วนและใช้ได้ทั้งหมด ส่งให้คณะกรรมการพิจารณาแล้ว
ไม่ต้องทำอะไรเพิ่ม เราจะแจ้งผลให้ทราบ

{{ link }}
""",
    en="""
Dear {{ name }},

all files of {{ group }} ({{ reference }}) are good and are with the committee. You will be told the result.

{{ link }}
""",
)
