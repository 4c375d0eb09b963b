"""Messages, one a file. A new one is a file here, a line in `NAMES`, and a line in `shared.flow`: see README.md beside this.

A message says who gets it, which facts it needs of the event it is about, what it says, and what it leads to; not how it travels.
"""

from importlib import import_module

from shared.messages.message import Message

NAMES = (
    "invitation",
    "reminder",
    "confirmation",
    "submission_received",
    "submission_returned",
    "submission_accepted",
    "filing_opened",
    "filing_to_accept",
    "version_renewed",
    "result_shortlisted",
    "result_not_shortlisted",
    "result_awarded",
    "result_not_awarded",
    "round_opened",
    "decision_to_sign",
    "sign_in_link",
)
"""In the order of the story."""
MESSAGES: dict[str, Message] = {name: import_module(f"{__name__}.{name}").MESSAGE for name in NAMES}
