"""The group is invited to a programme: what is asked, by when, and its link."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.GROUP,
    subject=("ขอเชิญส่งผลงาน {{ programme_th }}", "Invitation: {{ programme_en }}"),
    th="""
เรียน {{ name }}

{{ group }} ได้รับเชิญเข้าร่วม {{ programme_th }}
ขอให้ส่ง {{ items_th }} ภายใน {{ deadline|th }}

เปิดหน้าส่งผลงานของกลุ่มจากลิงก์นี้ (ใช้ได้เฉพาะกลุ่มของท่าน โปรดอย่าส่งต่อ):
{{ link }}

เลขที่ใบสมัคร {{ reference }}
""",
    en="""
Dear {{ name }},

{{ group }} is invited to {{ programme_en }}. Please send {{ items_en }} by {{ deadline|en }}, by this link of your group's own:
{{ link }}

Reference {{ reference }}
""",
)
