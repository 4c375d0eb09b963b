"""E-mail over SMTP, to the mail catcher of the stack and to servers that refuse."""

import pytest
from factories.mail import arrived, read, smtp_that_says
from pydantic import SecretStr

from shared.database import new_id
from shared.notifications.channels import email
from shared.notifications.channels.refusals import AddressRefused, ChannelUnavailable
from shared.notifications.messages import Rendered
from shared.settings import settings

pytestmark = pytest.mark.usefixtures("engine")
MESSAGE = Rendered(
    "ได้รับผลงานแล้ว · Handed in", "เรียน นางสมใจ", '<p>เรียน นางสมใจ</p>\n<p><a href="https://x.example/s/a.b">https://x.example/s/a.b</a></p>'
)


def test_message_arrives_with_its_subject_sender_and_words() -> None:
    id_ = new_id()
    email.send(address="somjai@groups.example", name="นางสมใจ", message=MESSAGE, id_=id_)
    (mail,) = arrived(id=str(id_))
    assert mail["Subject"] == "ได้รับผลงานแล้ว · Handed in"
    assert "somjai@groups.example" in mail["To"]
    assert "no-reply@omsap.example" in mail["From"]
    assert "เรียน นางสมใจ" in read(mail)
    html = mail.get_body(("html",))
    assert html is not None
    assert 'href="https://x.example/s/a.b"' in html.get_content()


@pytest.mark.parametrize("address", ["", "somjai", "a@b.example, c@d.example", "Somjai <a@b.example>"])
def test_what_is_no_single_address_is_refused_at_once(address: str) -> None:
    with pytest.raises(AddressRefused):
        email.send(address=address, name="นางสมใจ", message=MESSAGE, id_=new_id())


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        ("550 5.1.1 no such mailbox", AddressRefused),
        ("553 5.1.3 no such domain", AddressRefused),
        ("451 4.7.1 greylisted, come back later", ChannelUnavailable),
        ("452 4.2.2 mailbox full", ChannelUnavailable),
    ],
)
def test_answer_of_the_server_decides_whether_to_come_back(answer: str, refusal: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    with smtp_that_says(answer) as url:
        monkeypatch.setattr(settings(), "mail_url", SecretStr(url))
        with pytest.raises(refusal, match=answer.split()[-1]):
            email.send(address="somjai@groups.example", name="นางสมใจ", message=MESSAGE, id_=new_id())


def test_server_that_is_away_may_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "mail_url", SecretStr("mailto://127.0.0.1:1"))
    with pytest.raises(ChannelUnavailable, match="Connection refused"):
        email.send(address="somjai@groups.example", name="นางสมใจ", message=MESSAGE, id_=new_id())


def test_address_of_the_server_that_makes_no_sense_is_not_the_recipients_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "mail_url", SecretStr("nonsense"))
    with pytest.raises(ChannelUnavailable, match="OMSAP_MAIL_URL"):
        email.send(address="somjai@groups.example", name="นางสมใจ", message=MESSAGE, id_=new_id())
