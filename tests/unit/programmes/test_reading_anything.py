"""Whatever stands in a file, it is taken or refused in words: no part of another shape breaks the reading."""

import random
from copy import deepcopy
from typing import Any

import pytest
import yaml
from unit.programmes.changes import FILM, FIRST, RESEARCH

from shared.programmes.reading import ProgrammeInvalid, define
from shared.programmes.source import Source, source

ODD: tuple[Any, ...] = (
    *(None, True, -1, 0, 1.5, "", "x", "selection"),
    *([], {}, [[]], [None], {"": 1}, {"a": {"b": []}}, ["x", {"key": "x"}], {"key": []}),
)
OLD = FIRST.parents[2] / "tests/fixtures/programme-format-1.yaml"
ROUNDS = 200


def places(part: Any) -> list[tuple[Any, Any]]:
    """Every place of a document, as the part that holds it and its name or number there."""
    steps = list(part) if isinstance(part, dict) else list(range(len(part))) if isinstance(part, list) else []
    return [(part, step) for step in steps] + [place for step in steps for place in places(part[step])]


@pytest.mark.parametrize("file", [FIRST, FILM, RESEARCH, OLD], ids=lambda file: str(file.stem))
def test_document_with_parts_of_another_shape_is_taken_or_refused_in_words(file: Any) -> None:
    text = file.read_text(encoding="utf-8")
    chance = random.Random(file.stem)  # noqa: S311  # a test, the same each time
    whole = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # text only, of our own
    root = source(text).root
    refused = 0
    for _ in range(ROUNDS):
        document = deepcopy(whole)
        for _ in range(chance.randint(1, 3)):
            parent, step = chance.choice(places(document))
            match chance.randint(0, 3):
                case 0 if isinstance(parent, dict):
                    del parent[step]
                case 1 if isinstance(parent, dict):
                    parent[str(step) + "x"] = parent.pop(step)
                case 2:
                    other, name = chance.choice(places(document))
                    parent[step] = deepcopy(other[name])
                case _:
                    parent[step] = chance.choice(ODD)
        try:
            define(Source(root, document))
        except ProgrammeInvalid as invalid:
            refused += 1
            errors = invalid.facts["errors"]
            assert errors
            assert all(error["th"] and error["en"] and error["line"] > 0 for error in errors)
            assert len({(error["path"], error["en"]) for error in errors}) == len(errors)
    assert refused > ROUNDS / 2
