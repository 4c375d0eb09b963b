"""Which questions are asked: hidden counts as unanswered, down the whole chain (E2, E4)."""

from itertools import permutations
from random import Random

import pytest
from factories.questions import OPTIONS, asked, form, item, random_form, random_typed

from shared.forms.answering import read
from shared.forms.form import Form
from shared.forms.visibility import visible, words

CHAIN = form(
    asked("short_text", "why", when={"more": "yes"}),
    asked("consent", "more", when={"kind": ["tools", "fence"]}),
    asked("choice", "kind"),
    asked("several", "extras", when={"kind": "seeds", "more": "yes"}),
    items=(item("plan", when={"kind": "fence"}), item("clip")),
)


@pytest.mark.parametrize(
    ("answers", "hidden"),
    [
        ({}, {"why", "more", "extras", "plan"}),
        ({"kind": "tools"}, {"why", "extras", "plan"}),
        ({"kind": "tools", "more": True}, {"extras", "plan"}),
        ({"kind": "fence", "more": False}, {"why", "extras"}),
        ({"kind": "seeds", "more": True}, {"why", "more", "extras", "plan"}),
        ({"more": True}, {"why", "more", "extras", "plan"}),
    ],
)
def test_a_question_that_hangs_on_a_hidden_one_is_hidden(answers: dict[str, object], hidden: set[str]) -> None:
    assert visible(CHAIN, answers) == {"why", "more", "kind", "extras", "plan", "clip"} - hidden


def test_several_opens_with_any_of_its_options() -> None:
    asks = form(asked("several", "a"), asked("short_text", "b", when={"a": ["seeds", "tools"]}))
    assert visible(asks, {"a": ["tools", "fence"]}) == {"a", "b"}
    assert visible(asks, {"a": ["fence"]}) == {"a"}
    assert visible(asks, {"a": []}) == {"a"}


def test_a_circle_is_hidden_and_ends() -> None:
    asks = form(asked("consent", "a", when={"b": "yes"}), asked("consent", "b", when={"a": "yes"}), asked("consent", "c"))
    assert visible(asks, {"a": True, "b": True, "c": True}) == {"c"}


def test_a_long_chain_costs_little_and_ends() -> None:
    links = [asked("consent", f"q{number}", when={f"q{number + 1}": "yes"} if number < 299 else None) for number in range(300)]
    assert len(visible(form(*links), {link.key: True for link in links})) == 300


def by_definition(of: Form, answers: dict[str, object]) -> set[str]:
    """The rule as one says it, slowly: ask from each question upwards."""
    parts = {part.key: part for part in [*of.questions, *of.items]}

    def is_visible(key: str) -> bool:
        return all(is_visible(other) and bool(words(answers.get(other)) & set(values)) for other, values in (parts[key].when or {}).items())

    return {key for key in parts if is_visible(key)}


def test_generated_forms_agree_with_the_rule_in_whichever_order_answers_come() -> None:
    random = Random(11)  # noqa: S311  # the same forms each time
    hidden = 0
    for _ in range(300):
        asks = random_form(random)
        typed = {question.key: random_typed(question, random) for question in asks.questions if random.random() < 0.8}
        answers, faults = read(asks, typed)
        assert faults == []
        expected = by_definition(asks, answers)
        hidden += len(asks.questions) + 1 - len(expected)
        for _ in range(5):
            shuffled = random.sample(list(answers.items()), len(answers))
            assert visible(asks, dict(shuffled)) == expected
    assert hidden > 300


def test_the_order_of_questions_changes_nothing() -> None:
    for order in permutations(CHAIN.questions):
        asks = form(*order)
        assert visible(asks, {"kind": "tools", "more": True}) == {"kind", "more", "why"}


@pytest.mark.parametrize(
    ("answer", "found"),
    [(None, set()), (True, {"yes"}), (False, {"no"}), ("seeds", {"seeds"}), (OPTIONS, set(OPTIONS)), ([{"a": 1}], set())],
)
def test_words_of_an_answer(answer: object, found: set[str]) -> None:
    assert words(answer) == found
