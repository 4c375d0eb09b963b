"""What every page of operators has: a menu, with the mail of this machine where it keeps some."""

from pydantic import Field

from services.web.templates import Page
from shared.settings import settings


def keeps_mail() -> bool:
    """Say whether this installation keeps the mail it sends, to be read on its pages."""
    return settings().mail_folder is not None


class OperationsPage(Page):
    """A page with the operators' menu."""

    keeps_mail: bool = Field(default_factory=keeps_mail)
