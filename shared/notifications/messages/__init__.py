"""One kind of message a file, one line here, one test of the same name; its name is what `shared.flow` tells by."""

from shared.notifications.messages import (
    confirmation,
    decision_to_sign,
    invitation,
    reminder,
    result_awarded,
    result_not_awarded,
    result_not_shortlisted,
    result_shortlisted,
    round_opened,
    sign_in_link,
    submission_accepted,
    submission_received,
    submission_returned,
)
from shared.notifications.messages.message import Attachment, Audience, Message, Rendered

MESSAGES: dict[str, Message] = {
    "invitation": invitation.MESSAGE,
    "confirmation": confirmation.MESSAGE,
    "submission_received": submission_received.MESSAGE,
    "submission_returned": submission_returned.MESSAGE,
    "submission_accepted": submission_accepted.MESSAGE,
    "reminder": reminder.MESSAGE,
    "result_shortlisted": result_shortlisted.MESSAGE,
    "result_not_shortlisted": result_not_shortlisted.MESSAGE,
    "result_awarded": result_awarded.MESSAGE,
    "result_not_awarded": result_not_awarded.MESSAGE,
    "round_opened": round_opened.MESSAGE,
    "decision_to_sign": decision_to_sign.MESSAGE,
    "sign_in_link": sign_in_link.MESSAGE,
}

__all__ = ["MESSAGES", "Attachment", "Audience", "Message", "Rendered"]
