"""The address of the mail server, as it is set: what is understood, and what is refused with a reason that repeats no password."""

import pytest

from shared.notifications.channels.smtp import MailServer, MailUrlInvalid, Security, mail_server


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("mailto://127.0.0.1:1025", MailServer("127.0.0.1", 1025, Security.INSECURE)),
        ("mailto://mail:1025", MailServer("mail", 1025, Security.INSECURE)),
        ("mailto://relay.example.org/", MailServer("relay.example.org", 25, Security.INSECURE)),
        ("mailto://[::1]:2525", MailServer("::1", 2525, Security.INSECURE)),
        ("mailtos://user:pass@smtp.example.org", MailServer("smtp.example.org", 587, Security.STARTTLS, "user", "pass")),
        ("mailtos://user:pass@smtp.example.org:465", MailServer("smtp.example.org", 465, Security.SSL, "user", "pass")),
        ("mailtos://smtp.example.org:2465?mode=ssl", MailServer("smtp.example.org", 2465, Security.SSL)),
        ("mailto://smtp.example.org:587?mode=starttls", MailServer("smtp.example.org", 587, Security.STARTTLS)),
        ("mailtos://a%40b.example:%40%2F%3A%23@mail.example", MailServer("mail.example", 587, Security.STARTTLS, "a@b.example", "@/:#")),
        ("mailtos://user:p@ss@smtp.example.org", MailServer("smtp.example.org", 587, Security.STARTTLS, "user", "p@ss")),
    ],
)  # fmt: skip
def test_address_of_a_mail_server(url: str, server: MailServer) -> None:
    assert mail_server(url) == server


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("nonsense", "does not begin with"),
        ("", "does not begin with"),
        ("smtp://user:swordfish@smtp.example.org", "does not begin with"),
        ("mailto://", "names no host"),
        ("mailtos://user:swordfish@", "names no host"),
        ("mailto://:swordfish@smtp.example.org", "a password and no user"),
        ("mailto://smtp.example.org:port", "host or port"),
        ("mailto://smtp.example.org:99999", "host or port"),
        ("mailto://smtp.example.org:0", "port 0"),
        ("mailto://[::1", "host or port"),
        ("mailtos://user:sword/fish@smtp.example.org", ""),
        ("mailtos://user:swordfish@smtp.example.org/to@example.org", "more than ?mode="),
        ("mailtos://user:swordfish@smtp.example.org#x", "more than ?mode="),
        ("mailtos://user:swordfish@smtp.example.org?smtp=other.example", "smtp"),
        ("mailtos://user:swordfish@smtp.example.org?mode=plain", "insecure, starttls, ssl"),
    ],
)
def test_address_that_cannot_be_used_is_refused_without_repeating_the_password(url: str, why: str) -> None:
    with pytest.raises(MailUrlInvalid) as refused:
        mail_server(url)
    said = refused.value.detail("en")
    assert "OMSAP_MAIL_URL cannot be used" in said
    assert why in said
    assert "swordfish" not in said
    assert "sword/" not in said
