"""Signing in by a link that works once."""

import pytest
from factories.browser import Browser
from integration.web.conftest import Scene
from sqlalchemy import select

from shared.database import transaction
from shared.people.models import Account, CredentialKind
from shared.queue.models import Job

STALE = "ลิงก์เข้าสู่ระบบนี้ถูกใช้ไปแล้วหรือหมดอายุ โปรดขอลิงก์ใหม่"


def is_signed_in(browser: Browser) -> bool:
    """Say whether the office lets the browser in."""
    answer = browser.client.get("/office", follow_redirects=False)
    return bool(answer.status_code == 200)


def test_link_lets_one_browser_in_once(scene: Scene) -> None:
    first, second = Browser("office"), Browser("office")
    for _ in range(2):
        assert "เข้าสู่ระบบบนเครื่องนี้" in first.get(f"/sign-in/{scene.sign_in}")
    assert not is_signed_in(first)
    assert "officer" in first.post(f"/sign-in/{scene.sign_in}")
    assert is_signed_in(first)
    assert STALE in second.post(f"/sign-in/{scene.sign_in}", 401)
    assert STALE in second.get(f"/sign-in/{scene.sign_in}", 401)
    assert (is_signed_in(first), is_signed_in(second)) == (True, False)


def test_expired_link_lets_nobody_in_and_offers_another(scene: Scene) -> None:
    browser = Browser("office")
    for read in (browser.get(f"/sign-in/{scene.expired_sign_in}", 401), browser.post(f"/sign-in/{scene.expired_sign_in}", 401)):
        assert STALE in read
        assert "ส่งลิงก์ให้ฉัน" in read
    assert not is_signed_in(browser)


@pytest.mark.parametrize("kind", ["link", "api_token"])
def test_token_of_another_kind_is_no_sign_in_link(scene: Scene, kind: str) -> None:
    browser = Browser("office")
    assert STALE in browser.post(f"/sign-in/{getattr(scene, kind)}", 401)
    assert STALE in browser.post(f"/sign-in/{CredentialKind.SIGN_IN}", 401)
    assert not is_signed_in(browser)


def test_answer_is_the_same_whether_there_is_an_account_or_not(scene: Scene) -> None:
    answers = {Browser("office").post("/sign-in", email=email) for email in ("officer@example.org", "nobody@example.org", "no address")}
    assert len(answers) == 1
    assert "ถ้าที่อยู่นี้มีบัญชี" in answers.pop()
    with transaction() as session:
        jobs = session.scalars(select(Job.kind).where(Job.kind.startswith("notification"))).all()
    assert len(jobs) == 1


def test_disabled_account_is_not_let_in(scene: Scene) -> None:
    with transaction() as session:
        account = session.scalars(select(Account)).one()
        account.disabled_at = account.created_at
    browser = Browser("office")
    browser.post(f"/sign-in/{scene.sign_in}", 401)
    assert not is_signed_in(browser)


def test_leaving_ends_the_session_for_good(scene: Scene) -> None:
    browser = Browser("office", scene.sign_in)
    (cookie,) = browser.client.cookies.jar
    assert is_signed_in(browser)
    browser.post("/sign-out")
    browser.client.cookies.set(cookie.name, cookie.value or "")
    assert not is_signed_in(browser)


def test_signing_in_keeps_the_groups_links_of_this_browser(scene: Scene) -> None:
    browser = Browser("intake")
    browser.get(f"/s/{scene.link}")
    old = dict(browser.client.cookies)
    browser.client.post(f"/sign-in/{scene.sign_in}", follow_redirects=False)
    assert dict(browser.client.cookies) != old
    assert "กลุ่มออมทรัพย์ที่ 1" in browser.get(f"/s/submissions/{scene.submission}")


def test_page_that_was_asked_for_comes_after_signing_in(scene: Scene) -> None:
    browser = Browser("office")
    assert "อีเมล" in browser.get("/office/programmes/little")
    entered = browser.client.post(f"/sign-in/{scene.sign_in}", follow_redirects=False)
    assert (entered.status_code, entered.headers["location"]) == (303, "/office/programmes/little")
