"""The operators' pages about mail: what the local mail catcher keeps."""

from pathlib import Path
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.operations import mail
from services.operations.access import Operator
from services.operations.mail import Mail
from services.operations.pages.layout import OperationsPage
from services.web.templates import show
from shared.settings import settings

router = APIRouter(prefix="/operations/mail")


class MailPage(OperationsPage):
    """The newest messages."""

    template: ClassVar = "operations/mail.html"
    mails: list[Mail]


class MessagePage(OperationsPage):
    """One message, as text."""

    template: ClassVar = "operations/message.html"
    mail: Mail


@router.get("")
def list_mail(request: Request, _: Operator) -> Response:
    """Show the newest messages."""
    return show(request, MailPage(mails=mail.newest(_folder())))


@router.get("/{name}")
def read_mail(request: Request, _: Operator, name: str) -> Response:
    """Show one message."""
    return show(request, MessagePage(mail=mail.one(_folder(), name)))


def _folder() -> Path:
    """Return the folder of kept mail. Raises MailUnknown where none is kept."""
    folder = settings().mail_folder
    if folder is None:
        raise mail.MailUnknown
    return folder
