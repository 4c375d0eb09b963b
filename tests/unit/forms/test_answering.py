"""The model of a form's answers."""

import time

import pytest
from factories.questions import asked, form

from shared.forms.answering import model_of, read
from shared.forms.form import Form


def test_equal_forms_have_one_model() -> None:
    first, second = form(asked("number", "count")), form(asked("number", "count"))
    assert first is not second
    assert model_of(first) is model_of(Form.model_validate_json(second.model_dump_json())) is model_of(second)
    assert model_of(form(asked("number", "count", max=5))) is not model_of(first)


@pytest.mark.parametrize("key", ["json", "copy", "schema", "model_config", "model_dump", "model_fields", "validate", "class", "q0", "c0"])
def test_keys_may_be_names_that_pydantic_or_python_has_for_itself(key: str) -> None:
    asks = form(asked("short_text", key), asked("table", "t", columns=[{"key": key, "label": {"en": "x"}, "type": "number"}]))
    assert read(asks, {key: "x", "t": [{key: 1}]}) == ({key: "x", "t": [{key: "1"}]}, [])


def test_the_names_of_fields_are_no_keys() -> None:
    _, faults = read(form(asked("short_text", "name")), {"q0": "x"})
    assert [(fault.path, fault.code) for fault in faults] == [(("q0",), "unknown")]


def test_a_wrong_answer_leaves_the_others() -> None:
    stored, faults = read(form(asked("number", "a"), asked("number", "b")), {"a": "x", "b": "5"})
    assert (stored, [fault.path for fault in faults]) == ({"b": "5"}, [("a",)])


def test_the_model_says_what_it_stores_as_a_schema() -> None:
    properties = model_of(form(asked("several", "a"), asked("consent", "b"), asked("table", "c"))).model_json_schema()["properties"]
    assert set(properties) == {"a", "b", "c"}


def test_sixty_questions_are_checked_in_a_few_milliseconds() -> None:
    asks = form(*(asked("money", f"q{number}") for number in range(60)))
    typed = {f"q{number}": "1,250.50" for number in range(60)}
    read(asks, typed)
    began = time.perf_counter()
    for _ in range(20):
        read(Form.model_validate_json(asks.model_dump_json()), typed)
    assert (time.perf_counter() - began) / 20 < 0.02
