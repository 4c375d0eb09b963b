"""Drafts and submissions of a form (rows A, B and E of forms that failed elsewhere)."""

import json
from random import Random
from typing import Any

import pytest
from factories.questions import asked, form, item, random_form, random_typed

from shared.forms.checking import AnswersInvalid, Checked, check
from shared.forms.form import Form

FORM = form(
    asked("choice", "kind"),
    asked("money", "price", when={"kind": "tools"}),
    asked("table", "budget", required=False),
    asked("consent", "agreed"),
    items=(item("plan"), item("pictures", min_files=2, max_files=9), item("quote", when={"kind": "tools"}), item("letter", required=False)),
)
FILES = {"plan": 1, "pictures": 2}
RIGHT = {"kind": "seeds", "agreed": "yes"}


def submitted(typed: dict[str, Any], of: Form = FORM, **more: Any) -> Checked:
    return check(of, typed, files=more.pop("files", FILES), complete=True, **more)


def draft(typed: dict[str, Any], of: Form = FORM) -> Checked:
    return check(of, typed, files={}, complete=False)


def found(checked: Checked) -> list[tuple[str, str]]:
    return [(problem.key, problem.code) for problem in checked.problems]


def test_a_right_form_has_no_problems() -> None:
    assert submitted(RIGHT).or_refused().values == {"kind": "seeds", "agreed": True}


def test_a_draft_lacks_nothing() -> None:
    assert draft({}).problems == ()


def test_what_is_missing_is_said_in_the_forms_order() -> None:
    assert found(submitted({}, files={"pictures": 1})) == [
        ("kind", "missing"),
        ("agreed", "missing"),
        ("plan", "files_missing"),
        ("pictures", "files_missing"),
    ]


def test_what_was_typed_wrongly_is_said_of_a_draft_too() -> None:
    assert found(draft({"kind": "rice", "agreed": "perhaps"})) == [("kind", "option_unknown"), ("agreed", "not_yes_or_no")]


def test_something_wrong_is_not_also_missing() -> None:
    assert found(submitted(RIGHT | {"kind": "rice"})) == [("kind", "option_unknown")]


@pytest.mark.parametrize("complete", [True, False])
def test_unknown_names_are_a_problem_and_never_dropped_silently(complete: bool) -> None:
    checked = check(FORM, RIGHT | {"colour": "red", "plan": "x", "model_config": 1}, files=FILES, complete=complete)
    assert sorted(found(checked)) == [("colour", "unknown"), ("model_config", "unknown"), ("plan", "unknown")]


def test_a_file_that_a_hidden_item_asks_for_is_not_missing() -> None:
    assert found(submitted(RIGHT | {"kind": "tools", "price": 1})) == [("quote", "files_missing")]
    assert found(submitted(RIGHT)) == []


def test_a_refused_submit_asks_for_no_file_again() -> None:  # B5: files are counted, not sent
    refused = submitted(RIGHT | {"kind": "rice"})
    assert not {problem.key for problem in refused.problems} & set(FILES)


def test_hidden_answers_are_kept_and_return_when_shown_again() -> None:  # E1
    first = draft({"kind": "tools", "price": "1,250"})
    hidden = draft(first.kept | {"kind": "seeds"})
    assert (hidden.values, hidden.kept) == ({"kind": "seeds"}, {"kind": "seeds", "price": "1250.00"})
    again = draft(hidden.kept | {"kind": "tools"})
    assert again.values == first.values == {"kind": "tools", "price": "1250.00"}


def test_only_submit_leaves_hidden_answers_out_and_looks_at_none_of_them() -> None:  # E1, E2
    checked = submitted(RIGHT | {"price": "not a number"})
    assert (checked.problems, checked.values) == ((), {"kind": "seeds", "agreed": True})
    assert checked.kept["price"] == "not a number"


def test_a_revealed_question_is_required_by_the_server() -> None:  # E4
    assert found(submitted(RIGHT | {"kind": "tools"}, files=FILES | {"quote": 1})) == [("price", "missing")]


def test_a_draft_that_is_submitted_meets_every_rule() -> None:  # E5
    saved = draft({"kind": "tools"})
    assert saved.problems == ()
    assert [code for _, code in found(submitted(saved.kept))] == ["missing", "missing", "files_missing"]


def test_nothing_typed_is_lost_because_it_is_wrong() -> None:
    typed = {"kind": "rice", "price": "๑.๒๓๔", "budget": [{"what": "ปุ๋ย", "amount": "สิบบาท"}], "agreed": "perhaps"}
    assert draft(typed).kept == typed


def test_what_no_database_keeps_is_replaced_and_stays_wrong() -> None:
    asks = form(asked("short_text", "name"), asked("table", "rows"))
    checked = draft({"name": "a\0b", "rows": [{"what": "\ud800"}]}, asks)
    assert checked.kept == {"name": "a\ufffdb", "rows": [{"what": "\ufffd"}]}
    assert found(checked) == found(draft(checked.kept, asks)) == [("name", "broken_character"), ("rows", "broken_character")]


def test_a_saved_draft_is_saved_again_as_it_is() -> None:
    first = draft({"kind": "tools", "price": "๑,๒๕๐", "budget": [{"amount": "1.005"}, {}], "agreed": ""})
    assert draft(first.kept).kept == first.kept


def test_a_save_of_some_answers_says_nothing_of_the_others() -> None:  # A2: keys that are not sent stay as they are stored
    stored = draft({"kind": "tools", "price": "5"}).kept
    sent = draft({"price": "7"}).kept
    assert sent == {"price": "7.00"}
    assert stored | sent == {"kind": "tools", "price": "7.00"}


def test_an_emptied_answer_is_kept_as_none() -> None:
    assert draft({"price": " ", "budget": [{}]}).kept == {"price": None, "budget": None}


def test_internal_questions_are_there_only_for_officers() -> None:
    asks = form(asked("short_text", "note", internal=True), asked("short_text", "name"), items=(item("receipt", internal=True),))
    assert found(check(asks, {"note": "x", "name": "y"}, files={"receipt": 1}, complete=True)) == []
    public = check(asks, {"name": "x"}, files={}, complete=True, internal=False)
    assert public.problems == ()
    assert public.visible == {"name"}
    assert found(check(asks, {"note": "x", "name": "x"}, files={}, complete=False, internal=False)) == [("note", "unknown")]
    assert found(check(asks, {"name": "x"}, files={}, complete=True)) == [("note", "missing"), ("receipt", "files_missing")]


def test_everything_wrong_is_refused_at_once() -> None:
    typed = RIGHT | {"kind": "rice", "budget": [{"what": "x", "amount": "1.005"}], "{th}": 1}
    with pytest.raises(AnswersInvalid) as refused:
        submitted(typed, files={"plan": 1}).or_refused()
    errors = refused.value.facts["errors"]
    assert [(error["key"], error["path"], error["code"]) for error in errors] == [
        ("{th}", "{th}", "unknown"),
        ("kind", "kind", "option_unknown"),
        ("budget", "budget[0].amount", "too_many_decimals"),
        ("pictures", "pictures", "files_missing"),
    ]
    assert all(error["th"] and error["en"] for error in errors)
    assert (
        refused.value.detail("en") == "4 things are missing or need to be fixed. The first is {th}: this form has no question called {th}"
    )
    assert refused.value.code == "answers_invalid"
    json.dumps(refused.value.facts)


def test_generated_forms_submit_what_is_visible_and_right_and_nothing_else() -> None:  # E4
    random = Random(17)  # noqa: S311  # the same forms each time
    passed = 0
    for _ in range(300):
        asks = random_form(random)
        typed = {question.key: random_typed(question, random) for question in asks.questions if random.random() < 0.9}
        checked = check(asks, typed, files={"plan": 1}, complete=True)
        by_key = {question.key: question for question in asks.questions}
        assert set(checked.values) <= checked.visible
        missing = {key for key in checked.visible & set(by_key) if by_key[key].required and key not in checked.values}
        assert {problem.key for problem in checked.problems if problem.code == "missing"} == missing
        again = check(asks, checked.values, files={"plan": 1}, complete=True)
        assert (again.values, again.problems, again.visible, again.sums) == (
            checked.values,
            checked.problems,
            checked.visible,
            checked.sums,
        )
        passed += not checked.problems
    assert passed > 20
