"""A group's page hears of news by itself: a stream that says "changed", without a query or a session a page."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx2
from factories.processes import Web
from factories.tus import Sender, sender_of
from media.corpus import media

HEARD_SECONDS = 5.0
OPEN_PAGES = 40


def mark(browser: httpx2.Client, sender: Sender) -> str:
    """The mark that the page carries."""
    return browser.get(f"/s/submissions/{sender.submission}").text.partition('data-mark="')[2].partition('"')[0]


@contextmanager
def stream(browser: httpx2.Client, sender: Sender, since: str, **headers: str) -> Iterator[Iterator[str]]:
    """Open the stream of a page; yields what it says, line by line."""
    with browser.stream("GET", f"/s/submissions/{sender.submission}/events", params={"since": since}, headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield answer.iter_lines()


def changed(lines: Iterator[str]) -> str:
    """Wait for the next `changed`, and return the mark it brings. A stream without any ends in the client's own time limit."""
    for line in lines:
        if line == "event: changed":
            return next(lines).removeprefix("data: ")
    raise AssertionError("the stream ended")


def send_plan(sender: Sender) -> None:
    answer = httpx2.post(
        f"{sender.web.url}/api/intake/submissions/{sender.submission}/items/plan",
        files={"file": ("แผน.pdf", media("plan.pdf").read_bytes(), "application/pdf")},
        headers={"Authorization": f"Bearer {sender.token}"},
    )
    assert answer.status_code == 201


def test_open_page_hears_of_a_file_within_a_second_or_two(browser: httpx2.Client, sender: Sender) -> None:
    seen = mark(browser, sender)
    with stream(browser, sender, seen) as lines:
        next(lines)
        send_plan(sender)
        began = time.monotonic()
        assert changed(lines) != seen
        assert time.monotonic() - began < HEARD_SECONDS


def test_what_happened_before_the_stream_was_opened_is_not_missed(browser: httpx2.Client, sender: Sender) -> None:
    seen = mark(browser, sender)
    send_plan(sender)
    with stream(browser, sender, seen) as lines:
        now = changed(lines)
    assert now == mark(browser, sender)
    send_plan(sender)
    with stream(browser, sender, seen, **{"Last-Event-ID": now}) as lines:  # as a browser that comes back
        assert changed(lines) not in (seen, now)


def test_nothing_is_said_of_another_group(browser: httpx2.Client, sender: Sender) -> None:
    other = sender_of(sender.web, 2)
    seen = mark(browser, sender)
    with stream(browser, sender, seen) as lines:
        send_plan(other)
        time.sleep(1.5)
        send_plan(sender)
        assert changed(lines) != seen
    assert browser.get(f"/s/submissions/{other.submission}/events").status_code == 404
    assert httpx2.get(f"{sender.web.url}/s/submissions/{sender.submission}/events").status_code == 401


def test_many_open_pages_leave_the_database_to_others(serve: Callable[..., Web], clean: None) -> None:
    web = serve(database_pool=2)
    sender = sender_of(web)
    sockets = []
    try:
        for _ in range(OPEN_PAGES):
            opened = socket.create_connection(("127.0.0.1", web.port))
            opened.settimeout(30)
            path = f"/s/submissions/{sender.submission}/events"
            opened.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {sender.token}\r\n\r\n".encode())
            sockets.append(opened)
        for opened in sockets:
            assert opened.recv(4096).startswith(b"HTTP/1.1 200")
        began = time.monotonic()
        answer = sender.ask("GET", f"/api/intake/submissions/{sender.submission}")
        assert answer.status == 200
        assert time.monotonic() - began < HEARD_SECONDS
    finally:
        for opened in sockets:
            opened.close()


def test_open_streams_do_not_hold_up_the_end_of_a_process(serve: Callable[..., Web], clean: None) -> None:
    web = serve()
    sender = sender_of(web)
    with (
        httpx2.Client(base_url=web.url, headers={"Authorization": f"Bearer {sender.token}"}, timeout=30) as client,
        stream(client, sender, "") as lines,
    ):
        changed(lines)
        began = time.monotonic()
        web.process.terminate()
        list(lines)
        web.process.wait(20)
    assert time.monotonic() - began < HEARD_SECONDS
