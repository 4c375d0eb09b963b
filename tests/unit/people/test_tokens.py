"""Tokens open what they were written for, and nothing else."""

from uuid import UUID

import pytest

from shared.people import tokens
from shared.people.models import CredentialKind

SECRET = "a secret of at least thirty-two characters"
ID = UUID("0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b")


@pytest.mark.parametrize("kind", list(CredentialKind))
def test_token_reads_back_as_what_it_was_written_for(kind: CredentialKind) -> None:
    assert tokens.read(SECRET, tokens.write(SECRET, kind, ID)) == (kind, ID)


def test_token_is_the_same_each_time_so_that_a_reminder_can_repeat_it() -> None:
    assert tokens.write(SECRET, CredentialKind.LINK, ID) == tokens.write(SECRET, CredentialKind.LINK, ID)


def test_token_of_one_kind_is_not_one_of_another() -> None:
    link = tokens.write(SECRET, CredentialKind.LINK, ID)
    assert tokens.read(SECRET, tokens.PREFIXES[CredentialKind.API] + link[3:]) is None


def test_token_of_another_secret_is_nothing() -> None:
    assert tokens.read("another secret, as long as it has to be", tokens.write(SECRET, CredentialKind.LINK, ID)) is None


@pytest.mark.parametrize("garbage", ["", "gl_", "gl_ภาษาไทย", "gl_AAAA", "xx_" + "A" * 43, "gl_" + "!" * 43, "gl_" + "A" * 4000])
def test_garbage_is_nothing(garbage: str) -> None:
    assert tokens.read(SECRET, garbage) is None


def test_any_changed_letter_breaks_a_token() -> None:
    token = tokens.write(SECRET, CredentialKind.LINK, ID)
    for place in range(3, len(token) - 1):
        other = "A" if token[place] != "A" else "B"
        assert tokens.read(SECRET, token[:place] + other + token[place + 1 :]) is None
