"""An officer has prepared the submission: the group looks at it and confirms, by its link or by a code that it tells the officer."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from shared.events import Event
from shared.messages import facts, links, recipients
from shared.messages.message import Facts, Message, Site
from shared.notifications.models import Notification
from shared.people import codes
from shared.people.models import Code
from shared.text import Text


def read_facts(session: Session, event: Event, site: Site) -> Facts:
    """Add who prepared it, by when to confirm, and the id of the code."""
    of, found = facts.of_filing(session, event)
    return found | {"closes": of.closes.isoformat(), "helped_by": event.data["helped_by"], "code": event.data["code"]}


def write_code(session: Session, notification: Notification, site: Site) -> Mapping[str, str]:
    """Write the code in place of its id."""
    return {"code": codes.written(session.get_one(Code, UUID(notification.context["code"])), secret=site.secret)}


MESSAGE = Message(
    recipients=recipients.group,
    facts=read_facts,
    link=links.group_page,
    codes=write_code,
    subject=Text("โปรดยืนยันการส่งผลงาน {{ reference }}", "Please confirm: {{ reference }}"),
    body=Text(
        th="""
เรียน {{ name }}

{{ helped_by }} ช่วยเตรียมผลงานของ{{ group }} ({{ programme_th }}) ให้แล้ว แต่ยังไม่ได้ส่ง กลุ่มต้องยืนยันก่อน {{ closes|th }}

เปิดดูไฟล์แล้วกดยืนยันส่งที่ลิงก์นี้:
{{ link }}

หรือถ้าเปิดลิงก์ไม่ได้ บอกรหัสนี้ให้เจ้าหน้าที่ (ใช้ได้ 24 ชั่วโมง การบอกรหัสคือการยืนยันส่งผลงาน):
{{ code }}

ถ้ากลุ่มไม่ได้ขอให้ช่วย อย่าบอกรหัส และโปรดแจ้งสำนักงานพัฒนาชุมชนอำเภอ
""",
        en="""
Dear {{ name }},

{{ helped_by }} has prepared the submission of {{ group }} to {{ programme_en }}.
It is not submitted yet: please confirm before {{ closes|en }}.

Look at the files and submit with this link:
{{ link }}

If you cannot open the link, tell the officer this code. It works for 24 hours, and telling it means that your group submits:
{{ code }}

If your group did not ask for help, do not tell anybody the code, and contact your district office.
""",
    ),
)
