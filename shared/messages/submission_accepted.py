"""What was submitted is accepted: who filed it has nothing more to do."""

from sqlalchemy.orm import Session

from shared.events import Event
from shared.messages import facts, links, recipients
from shared.messages.message import Facts, Message, Site
from shared.text import Text


def read_facts(session: Session, event: Event, site: Site) -> Facts:
    """Add what was accepted."""
    return facts.of_filing(session, event)[1]


MESSAGE = Message(
    recipients=recipients.filers,
    facts=read_facts,
    link=links.filing_page,
    subject=Text("รับผลงานแล้ว {{ reference }}", "Accepted: {{ reference }}"),
    body=Text(
        th="""
เรียน {{ name }}

ไฟล์ของ{{ group }} (เลขที่ {{ reference }}) ครบถ้วนและใช้ได้ทั้งหมด รับไว้แล้ว
ไม่ต้องทำอะไรเพิ่ม เราจะแจ้งให้ทราบเมื่อมีผลหรือมีขั้นตอนต่อไป

{{ link }}
""",
        en="""
Dear {{ name }},

All files of {{ group }} ({{ reference }}) are complete and usable, and are accepted.
You do not need to do anything. We will tell you the result, and what follows.

{{ link }}
""",
    ),
)
