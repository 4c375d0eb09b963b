"""The deadline comes near and nothing is handed in yet."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.GROUP,
    subject=("เหลืออีก {{ days }} วัน: {{ programme_th }}", "{{ days }} day{{ 's' if days != 1 }} left: {{ programme_en }}"),
    th="""
เรียน {{ name }}

{{ group }} ยังไม่ได้ส่งผลงาน {{ programme_th }} เหลือเวลาอีก {{ days }} วัน (ถึง {{ deadline|th }})

{{ link }}
""",
    en="""
Dear {{ name }},

{{ group }} has not handed in yet for {{ programme_en }}.
{{ "1 day is" if days == 1 else "%d days are"|format(days) }} left (until {{ deadline|en }}).

{{ link }}
""",
)
