"""A round was opened: the members can begin to review."""

from shared.messages import facts, links, recipients
from shared.messages.message import Message
from shared.text import Text

MESSAGE = Message(
    recipients=recipients.members,
    facts=facts.of_round,
    link=links.review_queue,
    subject=Text("เปิดให้พิจารณา{{ round_th }}แล้ว: {{ programme_th }}", "{{ round_en }} is open: {{ programme_en }}"),
    body=Text(
        th="""
เรียน {{ name }}

เปิดให้พิจารณา{{ round_th }} {{ programme_th }} แล้ว เข้าคิวพิจารณาได้ที่
{{ link }}
""",
        en="""
Dear {{ name }},

{{ round_en }} of {{ programme_en }} is open. Start to review here:
{{ link }}
""",
    ),
)
