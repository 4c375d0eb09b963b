"""Errors are pages for people and problem documents for programs, whatever the address."""

from pathlib import Path

import pytest
from factories.browser import Browser, words
from fastapi.testclient import TestClient
from integration.web.conftest import Scene
from sqlalchemy import Engine

from services.web.factory import create_app
from shared.errors import Unavailable

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize("service", ["intake", "review", "office", "operations"])
def test_address_that_is_none_is_a_page_for_people_and_a_problem_for_programs(engine: Engine, service: str) -> None:
    client = Browser(service).client
    page = client.get("/nothing/here", headers=PAGE)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "ไม่พบสิ่งที่ท่านขอ โปรดตรวจสอบลิงก์" in words(page.text)
    assert page.headers["x-request-id"] in page.text
    problem = client.get(f"/api/{service}/nothing")
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
    assert problem.json()["code"] == "not_found"


def test_wrong_method_says_which_are_right(engine: Engine) -> None:
    answer = Browser("review").client.patch("/api/review/queues")
    assert (answer.status_code, answer.json()["code"], answer.headers["allow"]) == (405, "method_not_allowed", "GET")


def test_body_that_is_no_json_names_what_is_wrong(scene: Scene) -> None:
    headers = {"Authorization": f"Bearer {scene.api_token}", "Content-Type": "application/json"}
    answer = Browser("office").client.post("/api/office/programmes/little/decisions", content="{", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["errors"]
    assert answer.json()["detail_th"].startswith("ข้อมูลที่ส่งมาไม่ครบหรือไม่ถูกต้อง")


def test_form_without_its_field_is_a_page(engine: Engine) -> None:
    assert "ข้อมูลที่ส่งมาไม่ครบหรือไม่ถูกต้อง: body.email" in Browser("office").post("/sign-in", 422)


def test_way_back_leads_to_our_own_pages_only(engine: Engine) -> None:
    client = Browser("office").client
    for referer, back in (
        ("http://testserver/office", "http://testserver/office"),
        ("https://elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
    ):
        assert f'<a class="btn btn-primary" href="{back}">' in client.get("/nothing", headers={"Referer": referer}).text


def test_link_to_a_file_of_the_api_leads_a_person_to_sign_in(engine: Engine) -> None:
    client = Browser("office").client
    path = "/api/office/programmes/little/exports/results.xlsx"
    led = client.get(path, headers=PAGE, follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (303, f"/sign-in?next={path}")
    assert client.get(path).json()["code"] == "unauthenticated"


@pytest.mark.parametrize(("path", "kind"), [("/fault", "text/html; charset=utf-8"), ("/api/office/fault", "application/problem+json")])
def test_fault_of_ours_says_so_and_gives_a_number_but_no_secret(engine: Engine, tmp_path: Path, path: str, kind: str) -> None:
    app = create_app("office", "Omsap office", folder=tmp_path)

    def fail() -> None:
        raise RuntimeError("the password is swordfish")

    def refuse() -> None:
        raise Unavailable

    app.add_api_route(path, fail)
    app.add_api_route(f"{path}/busy", refuse)
    client = TestClient(app, raise_server_exceptions=False)
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (500, kind)
    assert "ระบบขัดข้อง ข้อมูลที่ส่งไว้แล้วไม่สูญหาย" in answer.text
    assert answer.headers["x-request-id"] in answer.text
    assert "swordfish" not in answer.text
    busy = client.get(f"{path}/busy")
    assert (busy.status_code, int(busy.headers["retry-after"]) > 0) == (503, True)
