"""A decision is ready for the chair to sign."""

from shared.messages import facts, links, recipients
from shared.messages.message import Message
from shared.text import Text

MESSAGE = Message(
    recipients=recipients.chairs,
    facts=facts.of_round,
    link=links.round_page,
    subject=Text("รอประธานลงนามผล{{ round_th }}", "To sign: {{ round_en }}"),
    body=Text(
        th="""
เรียน {{ name }}

ผล{{ round_th }} {{ programme_th }} รอท่านลงนาม
{{ link }}
""",
        en="""
Dear {{ name }},

The result of {{ round_en }}, {{ programme_en }}, is ready for you to sign:
{{ link }}
""",
    ),
)
