"""The submission was returned: what is wrong, in plain words, and the way back."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.GROUP,
    subject=("ต้องแก้ไขผลงาน {{ reference }}", "Please mend: {{ reference }}"),
    th="""
เรียน {{ name }}

ผลงานของ{{ group }} ยังรับไม่ได้ เพราะ
{% for finding in findings %}
- {{ finding.item_th }}: {{ finding.th }}
{% endfor %}
โปรดแก้ไขแล้วส่งใหม่ภายใน {{ closes|th }} ที่ลิงก์นี้:
{{ link }}
""",
    en="""
Dear {{ name }},

what {{ group }} handed in cannot be taken yet:
{% for finding in findings %}
- {{ finding.item_en }}: {{ finding.en }}
{% endfor %}
Please mend it and hand in again by {{ closes|en }}:
{{ link }}
""",
)
