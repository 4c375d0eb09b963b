"""Every format of a signed document stays what it was when it was signed."""

import hashlib
from dataclasses import replace

import pytest

from shared.awards import seal
from shared.awards.snapshot import RuleUsed

CONTENT = seal.Content(
    programme="little",
    round="selection",
    rule=RuleUsed(name="mean", version=1),
    places=[{"reference": "LT63-0001", "rank": 1, "group": "กลุ่มออมทรัพย์"}],
    ties=[],
)
PLACES = '"places":[{"group":"กลุ่มออมทรัพย์","rank":1,"reference":"LT63-0001"}],"programme":"little","round":"selection"'
DOCUMENTS = {
    1: f'{{{PLACES},"ties":[]}}',
    2: f'{{"format":2,{PLACES},"rule":{{"name":"mean","version":1}},"ties":[]}}',
}


def test_every_format_is_written_down_here() -> None:
    assert set(seal.FORMATS) == set(DOCUMENTS)
    assert max(DOCUMENTS) == seal.FORMAT


@pytest.mark.parametrize("seal_format", DOCUMENTS)
def test_digest_is_that_of_the_canonical_document(seal_format: int) -> None:
    assert seal.digest(CONTENT, seal_format=seal_format) == hashlib.sha256(DOCUMENTS[seal_format].encode()).hexdigest()


@pytest.mark.parametrize(
    "other",
    [
        replace(CONTENT, programme="other"),
        replace(CONTENT, round="screening"),
        replace(CONTENT, rule=RuleUsed(name="median", version=1)),
        replace(CONTENT, rule=RuleUsed(name="mean", version=2)),
        replace(CONTENT, places=[]),
        replace(CONTENT, ties=[{"reason": "x"}]),
    ],
)
def test_whatever_differs_gives_another_digest(other: seal.Content) -> None:
    assert seal.digest(other, seal_format=2) != seal.digest(CONTENT, seal_format=2)
