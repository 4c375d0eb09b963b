"""The one-time link that somebody asked for to sign in."""

from sqlalchemy.orm import Session

from shared.events import Event
from shared.messages import links, recipients
from shared.messages.message import Facts, Message, Site
from shared.text import Text


def read_facts(session: Session, event: Event, site: Site) -> Facts:
    """Name the credential, for the link."""
    return {"credential": event.data["credential"]}


MESSAGE = Message(
    recipients=recipients.account,
    facts=read_facts,
    link=links.sign_in,
    subject=Text("ลิงก์เข้าสู่ระบบออมทรัพย์", "Your link to sign in to Omsap"),
    body=Text(
        th="""
เรียน {{ name }}

กดลิงก์นี้เพื่อเข้าสู่ระบบ ใช้ได้ครั้งเดียวภายใน 15 นาที:
{{ link }}

ถ้าท่านไม่ได้ขอ ไม่ต้องทำอะไร
""",
        en="""
Dear {{ name }},

Use this link to sign in. It works once, within 15 minutes:
{{ link }}

If you did not ask for it, you do not need to do anything.
""",
    ),
)
