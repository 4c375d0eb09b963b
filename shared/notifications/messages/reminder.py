"""The deadline comes near and nothing is handed in yet."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.GROUP,
    subject=("เหลืออีก {{ days }} วัน: {{ programme_th }}", "{{ days }} days left: {{ programme_en }}"),
    th="""
เรียน {{ name }}

กลุ่ม {{ group }} ยังไม่ได้ส่งผลงาน {{ programme_th }} เหลือเวลาอีก {{ days }} วัน (ถึง {{ deadline|th }})

{{ link }}
""",
    en="""
Dear {{ name }},

the group {{ group }} has not handed in yet for {{ programme_en }}: {{ days }} days are left (until {{ deadline|en }}).

{{ link }}
""",
)
