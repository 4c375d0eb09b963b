"""The resumable digest is hashlib's, however it is interrupted."""

import hashlib
import random

import pytest

from shared.storage.digest import ResumableSha256


def test_digest_of_nothing() -> None:
    assert ResumableSha256().hexdigest() == hashlib.sha256(b"").hexdigest()


@pytest.mark.parametrize("seed", range(20))
def test_digest_put_down_and_taken_up_at_any_place(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # a repeatable choice of places
    content = dice.randbytes(dice.randrange(300_000))
    state, at = None, 0
    while at < len(content):
        step = dice.randrange(1, 70_000)
        running = ResumableSha256(state)
        running.update(bytearray(content[at : at + step]))
        state, at = running.state, at + step
    assert ResumableSha256(state).hexdigest() == hashlib.sha256(content).hexdigest()


def test_digest_goes_on_after_it_was_asked() -> None:
    running = ResumableSha256()
    running.update(b"one")
    assert running.hexdigest() == hashlib.sha256(b"one").hexdigest()
    running.update(memoryview(bytearray(b"two")))
    assert running.hexdigest() == hashlib.sha256(b"onetwo").hexdigest()


def test_state_of_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="112"):
        ResumableSha256(b"short")
