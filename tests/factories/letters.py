"""A message as its reader has it: subject, the Thai text above, the English one below."""

from dataclasses import dataclass
from typing import Any

from shared.messages import MESSAGES
from shared.notifications.channels import email
from shared.notifications.rendering import render

LINK = "https://omsap.example/s/abc.def"
FACTS: dict[str, Any] = {
    "name": "นางสมใจ ทองหลาง",
    "group": "กลุ่มออมทรัพย์เพื่อการผลิตบ้านท่าทองหลาง",
    "reference": "LT63-0007",
    "programme_th": "โครงการเล็ก",
    "programme_en": "A little programme",
    "link": LINK,
}


@dataclass(frozen=True)
class Letter:
    """What was rendered, taken apart."""

    subject: str
    thai: str
    english: str
    html: str


def letter(message: str, **facts: Any) -> Letter:
    """Render a message about the little programme."""
    rendered = render(MESSAGES[message].subject, MESSAGES[message].body, {**FACTS, **facts})
    thai, english = rendered.text.split("\n\n— — —\n\n")
    return Letter(rendered.subject, thai, english.removesuffix("\n"), email.html(rendered.text))
