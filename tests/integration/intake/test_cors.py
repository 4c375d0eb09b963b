"""Pages of other sites: those that are named may send with a token, all others may not."""

from collections.abc import Callable

import pytest
from factories.processes import Answer, Web
from factories.tus import Sender, sender_of

SITE = "https://groups.example.org"


def preflight(web: Web, origin: str) -> Answer:
    asked = {"Origin": origin, "Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization,upload-offset"}
    return web.ask("OPTIONS", "/api/intake/uploads/x", asked)


@pytest.fixture
def named(serve: Callable[..., Web], clean: None) -> Sender:
    """A group of an installation that names a site."""
    return sender_of(serve(cors_origins=f'["{SITE}"]'))


def test_page_of_a_named_site_may_send_and_read_the_answer(named: Sender) -> None:
    answer = preflight(named.web, SITE)
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (200, SITE)
    assert "PATCH" in answer.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in answer.headers
    named.extra["Origin"] = SITE
    created = named.create(4)
    shown = created.headers["access-control-expose-headers"].lower()
    assert created.status == 201
    assert all(name in shown for name in ("location", "upload-offset", "upload-expires", "retry-after"))
    assert named.patch(created.headers["location"], 0, b"0123").headers["access-control-allow-origin"] == SITE


def test_page_of_any_other_site_may_not(named: Sender) -> None:
    assert "access-control-allow-origin" not in preflight(named.web, "https://evil.example").headers


def test_without_named_sites_the_protocol_answers_options_itself(sender: Sender) -> None:
    answer = preflight(sender.web, SITE)
    assert (answer.status, "access-control-allow-origin" in answer.headers) == (204, False)
    assert answer.headers["tus-version"] == "1.0.0"
