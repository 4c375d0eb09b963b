"""The one-time link somebody asked for to sign in."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.ACCOUNT,
    subject=("ลิงก์เข้าสู่ระบบออมทรัพย์", "Your link to sign in to Omsap"),
    th="""
เรียน {{ name }}

กดลิงก์นี้เพื่อเข้าสู่ระบบ ใช้ได้ครั้งเดียวภายใน 15 นาที:
{{ link }}

ถ้าท่านไม่ได้ขอ ไม่ต้องทำอะไร
""",
    en="""
Dear {{ name }},

this link signs you in, once, within 15 minutes:
{{ link }}

If you did not ask for it, there is nothing to do.
""",
)
