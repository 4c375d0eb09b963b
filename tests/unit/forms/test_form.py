"""A form's own limits."""

import pytest
from factories.questions import asked, form, item
from pydantic import ValidationError

from shared.forms.form import MOST_ITEMS, MOST_QUESTIONS
from shared.programmes.complaints import complaint


def test_a_form_has_at_most_so_many_questions_and_items() -> None:
    questions = [asked("consent", f"q{number}") for number in range(MOST_QUESTIONS + 1)]
    items = tuple(item(f"i{number}") for number in range(MOST_ITEMS + 1))
    assert len(form(*questions[1:], items=items[1:]).questions) == MOST_QUESTIONS
    with pytest.raises(ValidationError) as refused:
        form(*questions, items=items)
    told = [complaint(error).en for error in refused.value.errors()]
    assert told == [f"may have at most {MOST_QUESTIONS} entries", f"may have at most {MOST_ITEMS} entries"]


def test_what_is_internal_is_not_in_the_public_form() -> None:
    asks = form(asked("consent", "a", internal=True), asked("consent", "b"), items=(item("c", internal=True), item("d")))
    assert [part.key for part in [*asks.public().questions, *asks.public().items]] == ["b", "d"]
    assert asks.question("a") is not None
    assert asks.item("c") is not None
    assert asks.item("a") is None
