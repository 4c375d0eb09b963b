"""A round was opened: the members may begin."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.MEMBERS,
    subject=("เปิดให้พิจารณา{{ round_th }}แล้ว: {{ programme_th }}", "{{ round_en }} is open: {{ programme_en }}"),
    th="""
เรียน {{ name }}

เปิดให้พิจารณา{{ round_th }} {{ programme_th }} แล้ว เข้าคิวพิจารณาได้ที่
{{ link }}
""",
    en="""
Dear {{ name }},

{{ round_en }} of {{ programme_en }} is open. The review queue:
{{ link }}
""",
)
