"""The group handed in: a receipt."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.GROUP,
    subject=("ได้รับผลงานแล้ว {{ reference }}", "Handed in: {{ reference }}"),
    th="""
เรียน {{ name }}

ระบบได้รับผลงานของ{{ group }} แล้วเมื่อ {{ at|th }} เลขที่ {{ reference }}
{% for file in files %}
- {{ file.filename }} (SHA-256 {{ file.sha256[:16] }}…)
{% endfor %}
กำลังตรวจไฟล์ และจะแจ้งผลให้ทราบ

{{ link }}
""",
    en="""
Dear {{ name }},

what {{ group }} handed in arrived on {{ at|en }}, reference {{ reference }}. The files are being checked; you will be told.

{{ link }}
""",
)
