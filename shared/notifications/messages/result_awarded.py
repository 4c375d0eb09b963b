"""The submission was awarded: level and money."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.GROUP,
    subject=("ได้รับคัดเลือก{{ level_th }} {{ reference }}", "Awarded ({{ level_en }}): {{ reference }}"),
    th="""
เรียน {{ name }}

ขอแสดงความยินดี {{ group }} ได้รับคัดเลือก{{ level_th }}
เงินสนับสนุน {{ amount|baht }} บาท เจ้าหน้าที่จะติดต่อเรื่องขั้นตอนต่อไป

{{ link }}
""",
    en="""
Dear {{ name }},

congratulations: {{ group }} was awarded the level {{ level_en }}, with {{ amount|baht }} baht. An officer will contact you.

{{ link }}
""",
)
