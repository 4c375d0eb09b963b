"""The resumable digest is hashlib's, however it is interrupted."""

import hashlib
import random
from typing import Any

import pytest

from shared.storage import digest
from shared.storage.digest import STATE_BYTES, DigestNotUsable, ResumableSha256, _library, require_known_answer


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


class WrongEnd:
    """OpenSSL with another end to its digest."""

    def __init__(self) -> None:
        self.library = _library()

    def SHA256_Init(self, context: Any) -> None:  # noqa: N802  # OpenSSL's names
        self.library.SHA256_Init(context)

    def SHA256_Update(self, context: Any, content: bytes, size: int) -> None:  # noqa: N802
        self.library.SHA256_Update(context, content, size)

    def SHA256_Final(self, out: Any, _: Any) -> None:  # noqa: N802
        out.raw = hashlib.sha256(b"another message").digest()


class LargerState(WrongEnd):
    """OpenSSL whose structure has grown."""

    def SHA256_Update(self, context: Any, content: bytes, size: int) -> None:  # noqa: N802
        super().SHA256_Update(context, content, size)
        context[STATE_BYTES] = b"\0"


@pytest.mark.parametrize(("changed", "words"), [(WrongEnd, "known message"), (LargerState, "larger than 112 bytes")])
def test_openssl_that_digests_otherwise_is_refused_with_the_reason(changed: type[Any], words: str) -> None:
    with pytest.raises(DigestNotUsable, match=words):
        require_known_answer(changed())


def test_first_use_tests_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "KNOWN_DIGEST", "0" * 64)
    _library.cache_clear()
    with pytest.raises(DigestNotUsable):
        ResumableSha256()
    monkeypatch.undo()
    assert ResumableSha256().hexdigest() == hashlib.sha256(b"").hexdigest()
