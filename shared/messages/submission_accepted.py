"""All files are good: the submission goes to the committee."""

from shared.messages import facts, links, recipients
from shared.messages.message import Message
from shared.text import Text

MESSAGE = Message(
    recipients=recipients.group,
    facts=facts.common,
    link=links.group_page,
    subject=Text("รับผลงานแล้ว {{ reference }}", "Accepted: {{ reference }}"),
    body=Text(
        th="""
เรียน {{ name }}

ไฟล์ของ{{ group }} (เลขที่ {{ reference }}) ครบถ้วนและใช้ได้ทั้งหมด ส่งให้คณะกรรมการพิจารณาแล้ว
ไม่ต้องทำอะไรเพิ่ม เราจะแจ้งผลให้ทราบ

{{ link }}
""",
        en="""
Dear {{ name }},

All files of {{ group }} ({{ reference }}) are complete and usable. The committee now has the submission.
You do not need to do anything. We will tell you the result.

{{ link }}
""",
    ),
)
