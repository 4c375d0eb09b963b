"""The group handed in: a receipt."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.GROUP,
    subject=("ใบรับผลงาน {{ reference }}", "Receipt {{ reference }}"),
    th="""
เรียน {{ name }}

ระบบได้รับผลงานของ{{ group }} แล้วเมื่อ {{ at|th }}
เลขที่ใบสมัคร {{ reference }}
เลขที่ใบรับ {{ receipt_code }}
{% if late_th %}
{{ late_th }}
{% endif %}
{% for file in files %}

{{ file.item_th }}: {{ file.filename }} ({{ file.size }})
SHA-256 {{ file.sha256 }}
{% endfor %}

{% if attached %}
ใบรับฉบับ PDF แนบมากับข้อความนี้ โปรดเก็บไว้เป็นหลักฐาน
{% else %}
โปรดเก็บข้อความนี้ไว้เป็นหลักฐาน ใบรับฉบับ PDF เปิดได้จากหน้าของกลุ่ม
{% endif %}
ระบบกำลังตรวจไฟล์ และจะแจ้งผลให้ทราบ

หน้าของกลุ่ม:
{{ link }}

ผู้ใดต้องการตรวจว่าใบรับนี้เป็นของจริง เปิดได้ที่:
{{ check }}
""",
    en="""
Dear {{ name }},

what {{ group }} handed in arrived on {{ at|en }}, reference {{ reference }}, receipt {{ receipt_code }}.
{% if late_en %}
{{ late_en }}
{% endif %}
{% if attached %}
The receipt is attached as PDF; please keep it.
{% else %}
Please keep this message; the receipt as PDF can be had from your page.
{% endif %}
The files are being checked; you will be told.

Your group's page:
{{ link }}

Anybody may check the receipt at:
{{ check }}
""",
)
