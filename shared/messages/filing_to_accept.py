"""Something was submitted and its files passed their checks: an officer has to accept it."""

from shared.messages import facts, links, recipients
from shared.messages.message import Message
from shared.text import Text

MESSAGE = Message(
    recipients=recipients.acceptors,
    facts=facts.filing,
    link=links.office_submission,
    subject=Text("รอท่านรับ {{ stage_th }}: {{ reference }}", "To be accepted: {{ stage_en }}, {{ reference }}"),
    body=Text(
        th="""
เรียน {{ name }}

{{ group }} (เลขที่ {{ reference }}) ส่ง {{ stage_th }} แล้ว ระบบตรวจไฟล์ผ่าน โปรดเปิดดูแล้วรับ หรือส่งกลับให้แก้ไข

{{ link }}
""",
        en="""
Dear {{ name }},

{{ group }} (reference {{ reference }}) has submitted {{ stage_en }}, and its files passed their checks.
Please look at it, then accept it or return it for changes.

{{ link }}
""",
    ),
)
