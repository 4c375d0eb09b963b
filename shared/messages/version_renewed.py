"""A later version was filed of what a member was judging or had judged: the member looks at it and submits the ballot again."""

from sqlalchemy.orm import Session

from shared.events import Event
from shared.messages import facts, links, recipients
from shared.messages.message import Facts, Message, Site
from shared.text import Text


def read_facts(session: Session, event: Event, site: Site) -> Facts:
    """Add the round."""
    return facts.of_submission(session, event).common | facts.of_round(session, event, site)


MESSAGE = Message(
    recipients=recipients.renewed,
    facts=read_facts,
    link=links.review_queue,
    subject=Text("มีฉบับใหม่ {{ reference }}", "A later version was filed: {{ reference }}"),
    body=Text(
        th="""
เรียน {{ name }}

{{ group }} (เลขที่ {{ reference }}) ส่งฉบับใหม่ระหว่าง{{ round_th }} คะแนนของท่านยังอยู่เป็นร่าง โปรดดูฉบับใหม่ แล้วยืนยันหรือแก้ไขคะแนนและส่งอีกครั้ง

{{ link }}
""",
        en="""
Dear {{ name }},

{{ group }} (reference {{ reference }}) has filed a later version during {{ round_en }}. Your marks are kept as a draft.
Please look at the new version, then confirm or change your marks and submit them again.

{{ link }}
""",
    ),
)
