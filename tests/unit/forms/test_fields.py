"""Answers as browsers send them, also without JavaScript."""

from factories.questions import asked, form

from shared.forms.checking import check
from shared.forms.fields import name_of, typed_of

FORM = form(
    asked("short_text", "name"),
    asked("several", "kinds"),
    asked("consent", "agreed"),
    asked("place", "where"),
    asked("table", "budget"),
    asked("indicator", "members"),
)
SENT = [
    ("csrf", "x"),
    ("answers.name", "ก"),
    ("answers.kinds", ""),
    ("answers.kinds", "tools"),
    ("answers.kinds", "seeds"),
    ("answers.agreed", "no"),
    ("answers.agreed", "yes"),
    ("answers.where.province", "52"),
    ("answers.where.amphoe", "5201"),
    ("answers.where.tambon", "520109"),
    ("answers.budget.7.what", "จอบ"),
    ("answers.budget.7.amount", "2"),
    ("answers.budget.10.what", ""),
    ("answers.budget.2.what", "ปุ๋ย"),
    ("answers.budget.2.amount", "1"),
    ("answers.members.before", "5"),
    ("answers.members.after", ""),
]


def test_a_page_is_read_as_the_same_answers_as_json() -> None:
    typed = typed_of(FORM, SENT)
    assert typed == {
        "name": "ก",
        "kinds": ["", "tools", "seeds"],
        "agreed": "yes",
        "where": {"province": "52", "amphoe": "5201", "tambon": "520109"},
        "budget": [{"what": "ปุ๋ย", "amount": "1"}, {"what": "จอบ", "amount": "2"}, {"what": ""}],
        "members": {"before": "5", "after": ""},
    }
    checked = check(FORM, typed, files={}, complete=False)
    assert checked.problems == ()
    assert checked.values["budget"] == [{"what": "ปุ๋ย", "amount": "1.00"}, {"what": "จอบ", "amount": "2.00"}]


def test_a_box_that_is_not_ticked_is_told() -> None:
    checked = check(FORM, typed_of(FORM, [("answers.kinds", ""), ("answers.agreed", "no")]), files={}, complete=False)
    assert checked.kept == {"kinds": None, "agreed": False}


def test_what_is_not_sent_is_not_there() -> None:
    assert typed_of(FORM, [("name", "x"), ("answer.name", "x"), ("answers.", "x")]) == {}


def test_names_that_are_no_answers_reach_the_check() -> None:
    typed = typed_of(
        FORM,
        [
            ("answers.colour", "x"),
            ("answers.budget.x.what", "y"),
            ("answers." + "a." * 5000, "z"),
            ("answers.name.0", "w"),
            ("answers.name", "v"),
        ],
    )
    found = {problem.key for problem in check(FORM, typed, files={}, complete=False).problems}
    assert found == {"colour", "budget", "a", "name"}


def test_names_of_inputs() -> None:
    assert name_of(("budget", 2, "what")) == "answers.budget.2.what"
    assert typed_of(FORM, [(name_of(("budget", 0, "what")), "x")]) == {"budget": [{"what": "x"}]}
