"""Connections cut anywhere, writers that do not know they are dead, and two processes: the object is the sender's file all the same."""

import hashlib
import os
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from factories.processes import Web
from factories.sockets import SETTLED_SECONDS, patch_by_socket, stored_offset
from factories.tus import MIB, PART, Sender, content_of, sender_of, upload_at

from shared.submissions.lifecycle import UploadStatus


def is_same(path: str, content: bytes) -> None:
    upload = upload_at(path)
    assert (upload.status, upload.sha256) == (UploadStatus.RECEIVED, hashlib.sha256(content).hexdigest())
    assert hashlib.sha256(content_of(path)).hexdigest() == upload.sha256


@pytest.mark.parametrize("seed", range(4))
def test_connection_cut_anywhere_then_resumed_makes_the_same_object(sender: Sender, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # a repeatable choice of places
    content = dice.randbytes(2 * PART + dice.randrange(PART))
    path, at = sender.begun(len(content)), 0
    for _ in range(6):
        cut = dice.randrange(at, len(content) - 1)
        with patch_by_socket(sender, path, at, len(content) - at) as connection:
            connection.sendall(content[at:cut])
        # The kernel delivers what was sent before the end of the connection, so all of it counts.
        assert stored_offset(path, at_least=cut) == cut
        assert sender.offset(path) == cut
        at = cut
    assert sender.patch(path, at, content[at:]).offset == len(content)
    is_same(path, content)


def test_newcomer_goes_on_while_the_old_connection_still_hangs(sender: Sender) -> None:
    content = os.urandom(PART + 3 * MIB)
    path = sender.begun(len(content))
    with patch_by_socket(sender, path, 0, len(content)) as hanging:
        hanging.sendall(content[: PART + MIB])
        stored_offset(path, at_least=PART)
        began = time.monotonic()
        at = sender.offset(path)
        assert at == PART + MIB
        assert sender.patch(path, at, content[at:]).offset == len(content)
        assert time.monotonic() - began < SETTLED_SECONDS
    is_same(path, content)


def test_two_processes_alternate_on_one_upload(sender: Sender, other_web: Web) -> None:
    content = os.urandom(2 * PART + 12_345)
    path, at, webs = sender.begun(len(content)), 0, (sender.web, other_web)
    for turn in range(len(content)):
        web = webs[turn % 2]
        at = sender.offset(path, web=web)
        if at == len(content):
            break
        assert sender.patch(path, at, content[at : at + 1_234_567], web=web).status == 204
    is_same(path, content)


def test_newcomer_in_another_process_is_let_in(sender: Sender, other_web: Web) -> None:
    content = os.urandom(PART + MIB)
    path = sender.begun(len(content))
    with patch_by_socket(sender, path, 0, len(content)) as hanging:
        hanging.sendall(content[: MIB + 17])
        time.sleep(0.5)
        at = sender.offset(path, web=other_web)
        assert at == MIB + 17
        assert sender.patch(path, at, content[at:], web=other_web).offset == len(content)
    is_same(path, content)


def test_upload_that_is_cancelled_ends_the_connection_that_writes_it(sender: Sender, other_web: Web) -> None:
    path = sender.begun(3 * PART)
    with patch_by_socket(sender, path, 0, 3 * PART) as hanging:
        hanging.sendall(os.urandom(PART + 10))
        stored_offset(path, at_least=PART)
        assert sender.ask("DELETE", path, web=other_web).status == 204
        assert hanging.recv(100).startswith((b"HTTP/1.1 408", b"HTTP/1.1 409", b"HTTP/1.1 410"))
    assert sender.ask("HEAD", path).status == 410
    assert upload_at(path).multipart_id is None


def test_many_writers_at_once_do_not_mix(sender: Sender, other_web: Web) -> None:
    content = os.urandom(PART + 2 * MIB)
    path = sender.begun(len(content))

    def send(number: int) -> None:
        for _ in range(50):
            web = (sender.web, other_web)[number % 2]
            answer = sender.ask("HEAD", path, web=web)
            if answer.status == 200 and answer.offset == len(content):
                return
            if answer.status == 200:
                sender.patch(path, answer.offset, content[answer.offset : answer.offset + 700_001], web=web)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(send, range(3)))
    is_same(path, content)


def test_process_that_is_killed_loses_no_more_than_its_unflushed_tail(serve: Callable[..., Web], web: Web, clean: None) -> None:
    doomed = serve()
    sender = sender_of(doomed)
    content = os.urandom(2 * PART + MIB)
    path = sender.begun(len(content))
    with patch_by_socket(sender, path, 0, len(content)) as connection:
        connection.sendall(content[: PART + MIB])
        assert stored_offset(path, at_least=PART) == PART
        doomed.process.kill()
        doomed.process.wait()
    at = sender.offset(path, web=web)
    assert at == PART
    assert sender.patch(path, at, content[at:], web=web).offset == len(content)
    is_same(path, content)


def test_silent_connection_is_ended_and_what_came_is_kept(serve: Callable[..., Web], clean: None) -> None:
    sender = sender_of(serve(upload_idle_seconds=0.5))
    path = sender.begun(1_000_000)
    with patch_by_socket(sender, path, 0, 1_000_000) as connection:
        connection.sendall(b"x" * 250_000)
        assert connection.recv(100).startswith(b"HTTP/1.1 408")
    assert sender.offset(path) == 250_000


def test_more_connections_than_a_process_serves_are_told_to_come_again(serve: Callable[..., Web], clean: None) -> None:
    sender = sender_of(serve(upload_connections=1))
    first, second = sender.begun(1_000_000), sender.begun(10)
    with patch_by_socket(sender, first, 0, 1_000_000) as connection:
        connection.sendall(b"x" * 10)
        time.sleep(0.5)
        answer = sender.patch(second, 0, b"0123456789")
        assert answer.status == 503
        assert int(answer.headers["retry-after"]) > 0
    stored_offset(first, at_least=10)
    assert sender.patch(second, 0, b"0123456789").status == 204
