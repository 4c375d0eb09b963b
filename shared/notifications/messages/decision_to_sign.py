"""A decision waits for the chair's signature."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.CHAIR,
    subject=("รอประธานลงนามผล{{ round_th }}", "To sign: {{ round_en }}"),
    th="""
เรียน {{ name }}

ผล{{ round_th }} {{ programme_th }} รอท่านลงนาม
{{ link }}
""",
    en="""
Dear {{ name }},

the result of {{ round_en }}, {{ programme_en }}, waits for your signature.
{{ link }}
""",
)
