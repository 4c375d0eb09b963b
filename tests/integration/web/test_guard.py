"""What stands before every request: forged forms are refused, answers carry their headers, and logs hold no secret."""

import re
from pathlib import Path

import pytest
from factories.browser import Browser, words
from factories.forms import FORM, PDF, form
from factories.processes import start_web
from integration.web.conftest import Scene

from shared.submissions.sheet import Standing

PAGE = {"Accept": "text/html"}
CODE = "7K3M-Q0ZX"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 422),
        ({"Sec-Fetch-Site": "none"}, 422),
        ({"Origin": "http://testserver"}, 422),
        ({}, 422),
    ],
)
def test_form_is_taken_from_our_own_pages_only(scene: Scene, headers: dict[str, str], status: int) -> None:
    """422: it got through to handing in, where the files are missing."""
    browser = Browser("intake")
    browser.get(f"/s/{scene.link}")
    answer = browser.client.post(f"/s/submissions/{scene.submission}/submit", headers=PAGE | headers)
    assert answer.status_code == status
    if status == 403:
        assert "คำขอนี้มาจากเว็บไซต์อื่น โปรดเปิดหน้านี้ใหม่แล้วลองอีกครั้ง" in words(answer.text)
        assert 'href="/"' in answer.text


def test_forged_request_of_a_script_is_a_problem_and_changes_nothing(scene: Scene) -> None:
    browser = Browser("intake")
    browser.get(f"/s/{scene.link}")
    path = f"/api/intake/submissions/{scene.submission}"
    forged = {"Sec-Fetch-Site": "cross-site", "Content-Type": FORM}
    answer = browser.client.post(f"{path}/items/plan", content=form(PDF), headers=forged)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert answer.json()["code"] == "sent_from_another_site"
    assert (browser.client.get(path).json()["state"], browser.client.get(path).json()["items"][0]["uploads"]) == (Standing.OPEN, [])


def test_program_with_its_own_token_carries_nobodys_session(scene: Scene) -> None:
    headers = {"Authorization": f"Bearer {scene.link}", "Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    answer = Browser("intake").client.post(f"/api/intake/submissions/{scene.submission}/submit", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "items_missing")


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nothing", "/healthz", "/api/office/programmes", "/api/office/openapi.json"])
def test_every_answer_carries_the_security_headers(scene: Scene, path: str) -> None:
    headers = Browser("office").client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert re.fullmatch(r"[0-9a-f]{12}", headers["x-request-id"])


def test_pages_are_not_kept_and_need_no_script_or_style_of_their_own(scene: Scene) -> None:
    """The policy allows neither, so a page that had one would be broken in a browser."""
    browser = Browser("intake")
    page = browser.client.get(f"/s/{scene.link}")
    assert page.headers["cache-control"] == "no-store"
    assert re.findall(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=|javascript:", page.text) == []


def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(scene: Scene) -> None:
    answer = Browser("intake").client.get(f"/s/{scene.link}", follow_redirects=False)
    assert answer.headers["location"] == f"/s/submissions/{scene.submission}"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_logs_hold_no_token_and_metrics_no_path(scene: Scene, tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    with log.open("wb") as stderr:
        web = start_web("intake", stderr=stderr, log_level="DEBUG")
    try:
        session = web.ask("GET", f"/s/{scene.link}").headers["set-cookie"].partition(";")[0]
        for path in (
            f"/s/{scene.link}",
            f"/sign-in/{scene.sign_in}",
            f"/s/go/{CODE}",
            f"/sign-in?next=/s/go/{CODE}",
            f"/nothing/{scene.link}?t={scene.link}",
            f"/sign-in?next=/{scene.sign_in}",
        ):
            web.ask("GET", path, {"Cookie": session, "Referer": f"{web.url}/s/{scene.link}"})
        at = f"/api/intake/submissions/{scene.submission}"
        assert web.ask("GET", at, {"Authorization": f"Bearer {scene.link}"}).status == 200
        assert web.ask("GET", f"{at}/{scene.api_token}", {"Authorization": f"Bearer {scene.api_token}"}).status == 404
        assert web.ask("POST", f"/sign-in/{scene.sign_in}").status == 303
        metrics = web.ask("GET", "/metrics").body.decode()
    finally:
        web.process.terminate()
        web.process.wait(20)
    told = log.read_text()
    assert "/s/…" in told
    for secret in (scene.link, scene.sign_in, scene.api_token, session.partition("=")[2]):
        assert secret[10:] not in told
        assert secret[10:] not in metrics
    assert (CODE in told, CODE in metrics) == (False, False)
    route = 'route="/api/intake/submissions/{submission_id}"'
    assert f'omsap_http_requests_total{{method="GET",{route},status="200"}} 1.0' in metrics
    assert str(scene.submission) not in metrics
