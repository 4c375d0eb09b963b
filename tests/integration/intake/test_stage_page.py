"""A stage's form as a page without a script: what is typed always comes back, and only what was changed on the page is saved."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from factories import stages
from factories.browser import Browser, words
from factories.filers import FORM, LATER, OFFICE, RIGHT, People, due, filing, item, play, question, sent
from sqlalchemy import update

from shared import clock
from shared.database import transaction
from shared.people.models import Credential, CredentialKind
from shared.submissions.lifecycle import FilingStatus

pytestmark = pytest.mark.usefixtures("engine", "clean")
INPUT = re.compile(r"<(input|textarea|select)\b([^>]*)>(?:\s*(.*?)</\1>)?", re.DOTALL)


class Form:
    """The form of a page as a browser holds it: names and values, to be typed into and sent."""

    def __init__(self, page: str) -> None:
        inside = page[page.index('id="answers"') :]
        self.values: list[tuple[str, str]] = []
        for tag, attributes, content in INPUT.findall(inside[: inside.index("</form>")]):
            about = {name: unescape(value) for name, value in re.findall(r'([\w.-]+)="([^"]*)"', attributes)}
            if about.get("type") in ("radio", "checkbox") and " checked" not in attributes:
                continue
            value = about.get("value", "")
            if tag == "textarea":
                value = unescape(content)
            if tag == "select":
                chosen = re.search(r'<option value="([^"]*)" selected', content)
                value = chosen[1] if chosen else ""
            self.values.append((about["name"], value))

    def typed(self, **changes: str) -> dict[str, Any]:
        """The inputs with some of them typed into; `budget__0__what` is `answers.budget.0.what`."""
        named = {f"answers.{name.replace('__', '.')}": value for name, value in changes.items()}
        data: dict[str, Any] = {}
        for name, value in [*((name, value) for name, value in self.values if name not in named), *named.items()]:
            data.setdefault(name, []).append(value)
        return data


def opened(browser: Browser, who: People, stage: str = "first") -> Form:
    return Form(browser.client.get(f"{who.at}/stages/{stage}").text)


def send(browser: Browser, who: People, data: dict[str, Any], *, do: str = "save", stage: str = "first", status: int = 200) -> str:
    answer = browser.client.post(f"{who.at}/stages/{stage}", data={**data, "do": do})
    assert answer.status_code == status, answer.text
    return str(answer.text)


def stored(who: People, key: str, stage: str = "first") -> tuple[Any, int]:
    found = who.door()("GET", f"{who.api}/stages/{stage}")
    one = next(one for one in found["answers"] if one["key"] == key)
    return one["value"], one["version"]


def test_plain_post_saves_and_shows_what_was_understood() -> None:
    who = play()
    browser = who.group()
    page = send(browser, who, opened(browser, who).typed(title="ขนมไข่", begins_on="29 พ.ค. 2563", requested="50,000"))
    assert stored(who, "begins_on") == ("2020-05-29", 1)
    assert "อ่านได้ว่า: 29 พฤษภาคม 2563" in words(page)
    assert 'value="50,000.00"' in page
    assert "บันทึกล่าสุด" in page


def test_page_that_is_sent_unchanged_saves_nothing() -> None:
    who = play()
    browser = who.group()
    send(browser, who, opened(browser, who).typed(title="ขนมไข่", begins_on="29/5/2563", requested="1", kind="seeds", budget__0__what="จอบ"))
    send(browser, who, opened(browser, who).typed())
    versions = {key: stored(who, key)[1] for key in ("title", "begins_on", "requested", "kind", "budget", "about")}
    assert versions == {"title": 1, "begins_on": 1, "requested": 1, "kind": 1, "budget": 1, "about": 0}


def test_a2_forgotten_tab_overwrites_nothing() -> None:
    who = play()
    browser = who.group()
    forgotten = opened(browser, who)
    send(browser, who, opened(browser, who).typed(title="ครบแล้ว", about="ยาวมาก"))
    send(browser, who, forgotten.typed(requested="5"))
    assert [stored(who, key)[0] for key in ("title", "about", "requested")] == ["ครบแล้ว", "ยาวมาก", "5.00"]


def test_a1_clash_shows_both_texts_and_one_chooses() -> None:
    who = play()
    browser = who.group()
    mine = opened(browser, who)
    send(browser, who, opened(browser, who).typed(title="ของเขา"))
    page = send(browser, who, mine.typed(title="ของฉัน", about="ไม่ชน"), status=409)
    assert ("ของเขา" in page, 'value="ของฉัน"' in page) == (True, True)
    assert (stored(who, "title")[0], stored(who, "about")[0]) == ("ของเขา", "ไม่ชน")
    again = Form(page)
    send(browser, who, again.typed() | {"choose.title": "theirs"})
    assert stored(who, "title")[0] == "ของเขา"
    send(browser, who, again.typed() | {"choose.title": "mine"})
    assert stored(who, "title")[0] == "ของฉัน"


def test_refused_submit_saves_what_was_typed_and_leads_to_every_problem() -> None:
    who = play()
    browser = who.group()
    sent(who, "first", "paper")
    page = send(browser, who, opened(browser, who).typed(title="ขนมไข่", requested="มาก", kind=""), do="submit", status=422)
    assert stored(who, "title") == ("ขนมไข่", 1)
    assert stored(who, "requested") == ("มาก", 1)
    assert 'value="มาก"' in page
    links = dict(re.findall(r'<li><a href="#(q-[^"]+)">([^<]+)</a>', page))
    assert set(links) == {"q-requested", "q-kind"}
    assert all(f'id="{id_}"' in page for id_ in links)
    assert 'aria-invalid="true"' in page


def test_b5_no_refused_submit_asks_for_a_file_again() -> None:
    who = play()
    browser = who.group()
    sent(who, "first", "paper")
    page = send(browser, who, opened(browser, who).typed(title="ขนมไข่"), do="submit", status=422)
    assert "paper.pdf" in page
    send(browser, who, Form(page).typed(requested="1", kind="seeds"), do="submit")
    assert filing(who).status is FilingStatus.SUBMITTED


def test_b1_other_device_sees_every_file_with_its_size() -> None:
    who = play()
    send(who.group(), who, opened(who.group(), who).typed(kind="tools"))
    sent(who, "first", "paper", size_bytes=700_000)
    sent(who, "first", "drawing", size_bytes=300_000)
    read = words(who.group().client.get(f"{who.at}/stages/first").text)
    assert [text in read for text in ("paper.pdf · 684 KB", "drawing.pdf · 293 KB")] == [True, True]


def test_submit_button_sends_what_is_typed_but_not_saved() -> None:
    who = play()
    browser = who.group()
    sent(who, "first", "paper")
    page = send(browser, who, opened(browser, who).typed(**RIGHT), do="submit")
    assert "ส่งแล้ว" in words(page)
    assert filing(who).status is FilingStatus.SUBMITTED


def test_row_is_added_by_a_button_that_saves() -> None:
    who = play()
    browser = who.group()
    answer = browser.client.post(
        f"{who.at}/stages/first",
        data={**opened(browser, who).typed(budget__0__what="จอบ", budget__0__amount="10"), "do": "row:budget"},
        follow_redirects=False,
    )
    assert answer.headers["location"].endswith("#q-budget")
    assert 'name="answers.budget.1.what"' in browser.client.get(f"{who.at}/stages/first").text
    send(browser, who, opened(browser, who).typed(budget__1__what="เสียม", budget__1__amount="5.50"))
    assert "15.50 บาท" in words(browser.client.get(f"{who.at}/stages/first").text)


def test_hidden_question_is_there_for_the_script_and_hidden_from_the_reader() -> None:
    who = play()
    browser = who.group()
    page = browser.client.get(f"{who.at}/stages/first").text
    assert re.search(r'data-question="which_tools"[^>]*data-when="[^"]*tools[^"]*"[^>]* hidden', page)
    page = send(browser, who, opened(browser, who).typed(kind="tools"))
    assert not re.search(r'data-question="which_tools"[^>]* hidden', page)


def test_a4_session_that_ended_keeps_what_was_typed() -> None:
    who = play()
    browser = who.group()
    typed = opened(browser, who).typed(title="พิมพ์ไว้นาน", about="สองบรรทัด\nบรรทัดสอง")
    with transaction() as session:
        session.execute(update(Credential).where(Credential.kind == CredentialKind.SESSION).values(expires_at=clock.now() - timedelta(1)))
    page = send(browser, who, typed, status=401)
    assert "สิ่งที่พิมพ์ยังอยู่ครบ" in words(page)
    kept: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page):
        kept.setdefault(name, []).append(unescape(value))
    browser.get(f"/s/{who.link}")
    send(browser, who, kept)
    assert (stored(who, "title")[0], stored(who, "about")[0]) == ("พิมพ์ไว้นาน", "สองบรรทัด\nบรรทัดสอง")


def test_changed_draft_offers_the_new_version_or_the_old() -> None:
    who = play()
    browser = who.group()
    sent(who, "first", "paper")
    send(browser, who, opened(browser, who).typed(**RIGHT), do="submit")
    page = send(browser, who, opened(browser, who).typed(title="ชื่อใหม่"))
    read = words(page)
    assert "มีการแก้ไขที่ยังไม่ได้ส่ง" in read
    assert "ส่งฉบับใหม่" in read
    browser.post(f"{who.at}/stages/first/restore")
    assert stored(who, "title")[0] == "ขนมไข่"
    assert "กลับไปใช้ฉบับที่ส่งแล้ว: First" in words(browser.client.get(who.at).text)


def test_c1_page_offers_submitting_until_the_deadline_itself_and_not_after() -> None:
    who = play()
    browser = who.group()
    sent(who, "first", "paper")
    send(browser, who, opened(browser, who).typed(**RIGHT))
    at = f"{who.at}/stages/first"
    for left, is_open in ((timedelta(minutes=1), True), (timedelta(seconds=-1), False)):
        due(who, "first", clock.now() + left)
        page = browser.client.get(at).text
        assert ('value="submit"' in page, 'id="file-paper"' in page, 'id="answers"' in page) == (is_open, is_open, is_open)
        assert who.door()("GET", who.api)["may_submit"] is is_open


def test_c2_old_draft_is_not_submitted_after_the_deadline_on_any_path() -> None:
    who = play()
    browser = who.group()
    sent(who, "first", "paper")
    old = opened(browser, who)
    send(browser, who, old.typed(**RIGHT))
    due(who, "first", clock.now() - timedelta(seconds=1))
    page = send(browser, who, old.typed(title="ช้าไป"), do="submit", status=409)
    assert "หมดเวลาส่งแล้วเมื่อ" in page
    assert who.door()("POST", f"{who.api}/submit", 409)["code"] == "deadline_passed"
    assert who.door()("POST", f"{who.api}/stages/first/submit", 409)["code"] == "deadline_passed"
    assert filing(who).status is FilingStatus.OPEN


def several() -> People:
    return play(
        stages.collect("first", FORM, by=LATER),
        stages.collect("papers", OFFICE, by=LATER, filed_by=["district"]),
        stages.collect("report", {"items": [item("paper")]}, by=LATER, **{"for": {"first": "accepted"}}),
    )


def test_overview_shows_what_is_asked_what_was_filed_and_what_may_come() -> None:
    who = several()
    browser = who.group()
    read = browser.get(who.at)
    assert "สิ่งที่ต้องทำตอนนี้ First ส่งภายใน" in read
    assert "ขั้นตอนที่ผ่านมา Papers กำลังเตรียมส่ง" in read
    assert "ขั้นตอนที่อาจตามมา Report" in read
    sent(who, "first", "paper")
    send(browser, who, opened(browser, who).typed(**RIGHT), do="submit")
    read = browser.get(who.at)
    receipt = who.door()("GET", f"{who.api}/stages/first")["receipt"]
    assert "ฉบับที่ 1 ส่งเมื่อ" in read
    assert f"ใบรับ {receipt['code']}" in read
    assert receipt["code"] in browser.get(receipt["url"])


def test_officer_fills_in_a_form_of_their_office() -> None:
    who = several()
    officer = who.officer("district")
    assert 'href="/office/to-file"' in officer.client.get(who.at).text
    page = send(officer, who, opened(officer, who, "papers").typed(bought="จอบ", note="ลับ"), stage="papers", do="submit")
    assert "ส่งแล้ว" in words(page)
    group = words(who.group().client.get(f"{who.at}/stages/papers").text)
    assert ("จอบ" in group, "ลับ" in group) == (True, False)


def test_file_of_an_offices_draft_is_read_by_nobody_else_until_it_is_submitted() -> None:
    asks = {"items": [item("bill"), item("memo", internal=True, required=False)]}
    who = play(stages.collect("papers", asks, by=LATER, filed_by=["district"]))
    sent(who, "papers", "bill")
    sent(who, "papers", "memo")
    found = who.door("district")("GET", f"{who.api}/stages/papers")
    bill, memo = (one["uploads"][0]["id"] for one in found["items"])

    def statuses(browser: Browser) -> list[bool]:
        """Whether the files are not there for the reader; the store has no bytes of them either way."""
        return ["upload_unknown" in browser.client.get(f"/s/uploads/{id_}/content").text for id_ in (bill, memo)]

    assert statuses(who.group()) == [True, True]
    assert statuses(who.officer("district")) == [False, False]
    who.door("district")("POST", f"{who.api}/stages/papers/submit")
    assert statuses(who.group()) == [False, True]


def test_group_withdraws_after_a_question_with_its_reason() -> None:
    who = several()
    browser = who.group()
    assert "ถอนใบสมัคร" in browser.get(who.at)
    assert "สิ่งที่ส่งไว้แล้วและใบรับไม่ถูกลบ" in browser.get(f"{who.at}/withdraw")
    assert "โปรดระบุเหตุผล" in browser.post(f"{who.at}/withdraw", 422, reason=" ")
    read = browser.post(f"{who.at}/withdraw", reason="ย้ายที่อยู่")
    assert "ถอนแล้ว" in read
    who.officer("district").get(f"{who.at}/withdraw", 404)


@pytest.mark.parametrize("type_", ["place", "telephone", "email", "several", "consent", "indicator", "number", "choice", "date", "money"])
def test_every_type_of_question_is_shown_and_sent_back_as_it_was(type_: str) -> None:
    typed = {
        "place": {"one__province": "ลำปาง", "one__amphoe": "เมืองลำปาง", "one__tambon": "บ่อแฮ้ว"},
        "telephone": {"one": "0812345678"},
        "email": {"one": "a@example.org"},
        "several": {"one": "tools"},
        "consent": {"one": "yes"},
        "indicator": {"one__before": "1,200", "one__after": "๑๓๐๐"},
        "number": {"one": "1,234"},
        "choice": {"one": "seeds"},
        "date": {"one": "๒๙/๒/๒๕๖๗"},
        "money": {"one": "๑,๒๕๐.๕๐"},
    }[type_]
    who = play(stages.collect("first", {"questions": [question(type_, "one")]}, by=LATER))
    browser = who.group()
    send(browser, who, opened(browser, who).typed(**typed))
    value, version = stored(who, "one")
    assert version == 1
    for language in ("th", "en"):
        browser.client.get(f"{who.at}/stages/first?lang={language}")
        send(browser, who, opened(browser, who).typed())
        assert stored(who, "one") == (value, 1)
    send(browser, who, opened(browser, who).typed(), do="submit")
    assert filing(who).status is FilingStatus.SUBMITTED
