"""What must agree inside of a form."""

from random import Random
from typing import Any

import pytest
from factories.questions import form, random_form

from shared.forms.consistency import problems
from shared.forms.problem import written

OPTIONS = [{"key": "x"}, {"key": "y"}]


def choice(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": "choice", "options": OPTIONS} | more


def consent(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": "consent"} | more


def text(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": "short_text"} | more


def table(*columns: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"key": "t", "type": "table", "columns": list(columns)} | more


def found(*questions: Any, items: Any = ()) -> dict[str, str]:
    return {written(problem.path): problem.text.en for problem in problems({"questions": list(questions), "items": list(items)})}


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ([text("a"), text("a")], {"questions[1].key": "a is used twice"}),
        ([text("a", when={"b": "x"}), choice("b")], {}),
        (
            [text("a", when={"kindd": "x"}), choice("kind")],
            {"questions[0].when.kindd": "this form has no question called kindd; did you mean ‘kind’?"},
        ),
        ([text("a", when={"zzz": "x"}), choice("kind")], {"questions[0].when.zzz": "this form has no question called zzz; known: kind"}),
        ([text("a", when={"kind": ["x", "z"]}), choice("kind")], {"questions[0].when.kind": "there is no option z; known: x, y"}),
        ([text("a", when={"ok": "true"}), consent("ok")], {"questions[0].when.ok": "there is no option true; known: yes, no"}),
        (
            [text("a"), text("b", when={"a": "x"})],
            {"questions[1].when.a": "a condition hangs on a choice, several or a consent; a is short_text"},
        ),
        ([consent("a", when={"a": "yes"})], {"questions[0].when": "these conditions run in a circle: a → a"}),
        (
            [consent("a", when={"c": "yes"}), consent("b", when={"a": "yes"}), consent("c", when={"b": "yes"})],
            {"questions[0].when": "these conditions run in a circle: a → c → b → a"},
        ),
        (
            [
                choice("k"),
                consent("a", when={"k": "x"}, required=False),
                text("b", when={"k": "y", "a": "yes"}),
                text("c", when={"k": "x", "a": "no"}),
            ],
            {"questions[2].when": "is never asked: no answer to k satisfies all its conditions"},
        ),
        (
            [consent("ok"), text("b", when={"ok": "no"})],
            {"questions[1].when": "is never asked: no answer to ok satisfies all its conditions"},
        ),
        ([consent("ok", required=False), text("b", when={"ok": "no"})], {}),
        (
            [choice("k", internal=True), text("b", when={"k": "x"})],
            {"questions[1].when.k": "only officers see k, so what everybody is asked cannot hang on it"},
        ),
        ([choice("k", internal=True), text("b", when={"k": "x"}, internal=True)], {}),
        ([choice("k", options=[{"key": "x"}, {"key": "x"}])], {"questions[0].options[1].key": "x is used twice"}),
        ([{"key": "n", "type": "number", "min": 5, "max": 4}], {"questions[0].max": "min must not be more than max"}),
        (
            [{"key": "n", "type": "number", "min": "0.2", "max": "0.8"}],
            {"questions[0].max": "no number of 0 decimal places lies between min and max"},
        ),
        ([{"key": "n", "type": "number", "min": "0.2", "max": "0.8", "decimals": 1}], {}),
        ([{"key": "m", "type": "money", "max": -1}], {"questions[0].max": "min must not be more than max"}),
        (
            [{"key": "d", "type": "date", "not_before": "2020-05-02", "not_after": "2020-05-01"}],
            {"questions[0].not_after": "not_before must not be more than not_after"},
        ),
        (
            [choice("s", type="several", min_choices=2, max_choices=1)],
            {"questions[0].max_choices": "min_choices must not be more than max_choices"},
        ),
        ([choice("s", type="several", min_choices=3)], {"questions[0].min_choices": "there are only 2 options, fewer than min_choices"}),
        ([table(text("c"), min_rows=60)], {"questions[0].min_rows": "min_rows must not be more than max_rows"}),
        ([table(text("c"), min_rows=0, max_rows=5)], {}),
        ([table(text("c"), text("c"))], {"questions[0].columns[1].key": "c is used twice"}),
        ([table(text("c", sum=True))], {"questions[0].columns[0].sum": "only a column of type number or money has a sum"}),
        ([table({"key": "c", "type": "choice"})], {"questions[0].columns[0]": "a column of type choice needs options"}),
        ([table(text("c", options=OPTIONS))], {"questions[0].columns[0].options": "only a column of type choice has options"}),
        ([table(text("c", decimals=2))], {"questions[0].columns[0].decimals": "only a column of type number has decimals"}),
        (
            [table({"key": "c", "type": "money"}, at_most="grant")],
            {"questions[0].at_most": "at_most needs a column of type money with sum: true"},
        ),
        ([table({"key": "c", "type": "money", "sum": True}, at_most="grant")], {}),
    ],
)
def test_questions(questions: list[dict[str, Any]], expected: dict[str, str]) -> None:
    assert found(*questions) == expected


def test_items() -> None:
    expected = {
        "items[1].key": "plan is used twice",
        "items[1].when.clip": "clip is a file; a condition hangs on a question",
        "items[2].min_files": "min_files must not be more than max_files",
        "items[3].max_pages": "min_pages must not be more than max_pages",
    }
    items = [
        {"key": "clip"},
        {"key": "plan", "when": {"clip": "yes"}},
        {"key": "b", "min_files": 2},
        {"key": "c", "min_pages": 3, "max_pages": 2},
    ]
    assert found(text("plan"), items=items) == expected


def test_only_the_first_of_a_chain_that_is_never_asked_is_named() -> None:
    questions = [consent("ok"), consent("a", when={"ok": "no"}), consent("b", when={"a": "yes"}), text("c", when={"b": "yes"})]
    assert list(found(*questions)) == ["questions[1].when"]


def test_several_options_can_be_asked_for_by_several_conditions() -> None:
    several = choice("s", type="several")
    questions = [several, consent("a", when={"s": "x"}), text("b", when={"a": "yes", "s": "y"})]
    assert found(*questions) == {}
    several["max_choices"] = 1
    assert list(found(*questions)) == ["questions[2].when"]


def test_a_form_that_asks_nothing() -> None:
    assert [problem.path for problem in problems({}, ("forms", "report"))] == [("forms", "report")]


def test_paths_begin_where_the_form_stands() -> None:
    assert [problem.path for problem in problems({"questions": [text("a"), text("a")]}, ("stages", 2, "form"))] == [
        ("stages", 2, "form", "questions", 1, "key")
    ]


ODD: list[Any] = [
    None,
    5,
    "x",
    [],
    {},
    [None],
    [5],
    {"key": 5},
    {"key": None, "when": 5},
    {"when": {5: 5}},
    {"when": {"a": [5]}},
    {"options": 5, "columns": 5},
]


@pytest.mark.parametrize("odd", ODD)
def test_what_is_of_the_wrong_type_is_left_to_others(odd: Any) -> None:
    for part in (
        odd,
        {"key": "a", "type": odd},
        {"key": "a", "type": "table", "columns": odd, "min_rows": odd},
        {"key": "a", "type": "choice", "options": odd, "when": odd},
    ):
        problems({"questions": odd, "items": odd})
        problems({"questions": [part, text("b", when={"a": "x", "c": "y"})], "items": [part]})


def test_a_long_chain_is_looked_through_quickly() -> None:
    chain = [consent(f"q{number}", when={f"q{number + 1}": "yes"}) for number in range(2000)]
    assert list(found(*chain)) == ["questions[1999].when.q2000"]


def test_generated_forms_agree() -> None:
    random = Random(3)  # noqa: S311  # the same forms each time
    kinds = {problem.text.en.partition(":")[0] for _ in range(100) for problem in problems(random_form(random).model_dump(mode="json"))}
    assert kinds <= {"is never asked"}
    assert problems(form({"key": "a", "label": {"en": "x"}, "type": "number"}).model_dump(mode="json")) == []
