"""What nobody may do too much of: uploads begun, bytes announced, codes tried; and what slow senders can not hold."""

import json
import os
import signal
import time
from collections.abc import Callable

import pytest
from factories.forms import refusal
from factories.processes import Web
from factories.sockets import patch_by_socket, stored_offset
from factories.tus import ITEMS, MIB, PART, content_of, sender_of, upload_at

from shared.submissions.lifecycle import UploadStatus


def test_link_that_begins_too_many_uploads_is_told_when_to_come_again(serve: Callable[..., Web], clean: None) -> None:
    web = serve(limit_uploads_per_link="3/minute")
    sender, other = sender_of(web), sender_of(web, 2)
    assert [sender.create(10).status for _ in range(3)] == [201, 201, 201]
    answer = sender.create(10)
    assert refusal(answer, 429, "asked_too_often")["limit"] == "3/minute"
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert other.create(10).status == 201


def test_address_that_begins_too_many_uploads_is_told_when_to_come_again(serve: Callable[..., Web], clean: None) -> None:
    web = serve(limit_uploads_per_address="2/second")
    groups = [sender_of(web, number) for number in range(1, 7)]
    assert {group.create(10).status for group in groups} == {201, 429}


def test_limits_let_through_when_nothing_counts(serve: Callable[..., Web], clean: None) -> None:
    sender = sender_of(serve(broker_url="redis://127.0.0.1:1/0", limit_uploads_per_link="1/minute"))
    assert [sender.create(10).status for _ in range(2)] == [201, 201]


@pytest.mark.parametrize("path", ["/s/go/K7QM-2XDA", "/s/receipts/LT63-0001-7KQ4-M2XD", "/api/intake/receipts/LT63-0001-7KQ4-M2XD"])
def test_codes_can_not_be_guessed_at_will(serve: Callable[..., Web], clean: None, path: str) -> None:
    web = serve(limit_codes_per_address="2/second")
    assert 429 in {web.ask("GET", path).status for _ in range(8)}


def test_unfinished_bytes_have_a_quota_until_one_is_finished_or_cancelled(web: Web, clean: None) -> None:
    sender = sender_of(web, unfinished_bytes=str(PART + 20), items=ITEMS)
    big, small = sender.begun(PART), sender.begun(20)
    problem = refusal(sender.create(1), 409, "unfinished_quota_reached")
    assert (problem["used_bytes"], problem["limit_bytes"]) == (PART + 20, PART + 20)
    sender.patch(small, 0, b"x" * 20)
    assert sender.create(1).status == 201
    seen = json.loads(sender.ask("GET", f"/api/intake/submissions/{sender.submission}").body)
    assert seen["quota"] == {"limit_bytes": PART + 20, "used_bytes": PART + 1, "free_bytes": 19}
    assert sender.ask("DELETE", big).status == 204
    assert sender.create(PART).status == 201


def test_slow_connection_is_durable_within_seconds_while_it_goes_on(serve: Callable[..., Web], clean: None) -> None:
    sender = sender_of(serve(upload_keep_seconds=0.5))
    content = os.urandom(PART + 300_000)
    path = sender.begun(len(content))
    with patch_by_socket(sender, path, 0, len(content)) as connection:
        connection.sendall(content[:100_000])
        assert stored_offset(path, at_least=100_000) == 100_000
        connection.sendall(content[100_000:250_000])
        assert stored_offset(path, at_least=250_000) == 250_000
        connection.sendall(content[250_000:])
        assert connection.recv(100).startswith(b"HTTP/1.1 204")
    assert content_of(path) == content


def test_short_memory_costs_speed_and_no_byte(serve: Callable[..., Web], clean: None) -> None:
    sender = sender_of(serve(upload_memory_bytes=1))
    content = os.urandom(2 * PART + 700_001)
    path = sender.begun(len(content))
    assert sender.patch(path, 0, content[: PART + MIB]).offset == PART + MIB
    assert sender.patch(path, PART + MIB, content[PART + MIB :]).offset == len(content)
    assert content_of(path) == content


def test_connection_that_trickles_is_ended_and_what_came_is_kept(serve: Callable[..., Web], clean: None) -> None:
    sender = sender_of(serve(upload_idle_seconds=1, upload_min_bytes_per_second=1000))
    path = sender.begun(1_000_000)
    with patch_by_socket(sender, path, 0, 1_000_000) as connection:
        connection.settimeout(0.1)
        for _ in range(60):
            connection.sendall(b"x")
            try:
                said = connection.recv(100)
                break
            except TimeoutError:
                continue
    assert said.startswith(b"HTTP/1.1 408")
    assert 0 < sender.offset(path) <= 60


@pytest.mark.parametrize("sent", [300_000, PART + 300_000])
def test_process_that_is_told_to_end_keeps_what_came(serve: Callable[..., Web], web: Web, clean: None, sent: int) -> None:
    ending = serve(upload_keep_seconds=60)
    sender = sender_of(ending)
    content = os.urandom(2 * PART)
    path = sender.begun(len(content))
    with patch_by_socket(sender, path, 0, len(content)) as connection:
        connection.sendall(content[:sent])
        time.sleep(0.5)
        ending.process.send_signal(signal.SIGTERM)
        ending.process.wait(20)
    assert sender.offset(path, web=web) == sent
    assert sender.patch(path, sent, content[sent:], web=web).offset == len(content)
    assert content_of(path) == content


def test_same_file_sent_again_takes_the_place_of_itself(web: Web, clean: None) -> None:
    sender = sender_of(web)
    first = sender.begun(4, kind="photo")
    sender.patch(first, 0, b"0123")
    again = sender.begun(4, kind="photo", filename="same.jpg")
    sender.patch(again, 0, b"0123")
    assert (upload_at(first).replaced_at is None, upload_at(again).replaced_at) == (False, None)
    other = sender.begun(4, kind="photo")
    sender.patch(other, 0, b"4567")
    assert [upload_at(path).replaced_at for path in (again, other)] == [None, None]
    seen = json.loads(sender.ask("GET", f"/api/intake/submissions/{sender.submission}").body)
    assert "same.jpg uploaded again, the same as before" in [step["en"] for step in seen["history"]]
    assert upload_at(again).status == UploadStatus.RECEIVED
