"""Types of questions: each is listed, has a file, and reads again what it stored."""

import json
from random import Random
from typing import Any, get_args

import pytest
from factories.questions import asked, form, random_typed, read

from shared.forms.checking import check
from shared.forms.questions import Question
from shared.forms.reading import Writing
from shared.forms.showing import NOTHING, shown
from shared.forms.types import NAMES, TYPES

MODELS = get_args(get_args(Question)[0])
WRITINGS = [Writing(), Writing(calendar="gregorian", currency="EUR")]


def test_every_type_of_question_is_listed() -> None:
    assert {name for model in MODELS for name in get_args(model.model_fields["type"].annotation)} == set(NAMES) == set(TYPES)


@pytest.mark.parametrize("name", NAMES)
def test_every_type_has_what_is_asked_of_one(name: str) -> None:
    assert all(callable(getattr(TYPES[name], function)) for function in ("field", "shown", "gaps"))


def questions(name: str) -> list[Any]:
    if name == "place":
        return [asked(name, level=level) for level in ("province", "amphoe", "tambon")]
    return [asked(name, decimals=decimals) for decimals in (0, 2)] if name in {"number", "indicator"} else [asked(name)]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_stored_can_be_typed_again_and_shown(name: str) -> None:
    random = Random(name)  # noqa: S311
    for question in questions(name):
        for _ in range(50):
            stored = read(question, random_typed(question, random))
            through_a_database = json.loads(json.dumps(stored), parse_float=pytest.fail)
            assert read(question, through_a_database) == stored
            assert check(form(question), {"answer": stored}, files={}, complete=False).values == {"answer": stored}
            for writing in WRITINGS:
                text = shown(question, stored, writing)
                assert text.th
                assert text.en


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("blank", ["", " ", None, [], {}, [""], {"before": ""}, [{}], [None]])
def test_blank_is_not_answered(name: str, blank: object) -> None:
    question = questions(name)[0]
    assert read(question, blank) is None
    assert shown(question, None) == NOTHING


ODD = [
    "x",
    "\0",
    "\ud800",
    "{en}",
    -1,
    1.5,
    float("nan"),
    10**5000,
    True,
    [1],
    [[]],
    [["x"]],
    {"a": 1},
    {"rows": 5},
    {"rows": [{"rows": 1}]},
    b"x",
    object(),
]


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_typed_is_read_or_refused_and_kept_as_json(name: str) -> None:
    question = questions(name)[0]
    deep: Any = "x"
    for _ in range(500):
        deep = [deep]
    for typed in [*ODD, deep]:
        checked = check(form(question), {"answer": typed}, files={}, complete=True)
        assert all(problem.text.th and problem.text.en for problem in checked.problems)
        if typed != 10**5000:  # longer than Python writes, and than any body of a request may hold
            json.dumps(checked.kept).encode()
        again = check(form(question), checked.kept, files={}, complete=True)
        assert (again.values, again.kept) == (checked.values, checked.kept)
        if "answer" not in checked.values:
            assert checked.problems
