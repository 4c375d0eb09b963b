"""Answers as browsers send them: `answers.purchases.0.amount` = 1,250 → {"purchases": [{"amount": "1,250"}]}."""

from collections.abc import Iterable
from typing import Any

from shared.forms.form import Form
from shared.forms.problem import Path
from shared.forms.questions import Consent, Several
from shared.forms.reading import DEEPEST

PREFIX = "answers"


def name_of(path: Path) -> str:
    """Return the name of the input of a question or of a part of it."""
    return ".".join(map(str, (PREFIX, *path)))


def typed_of(form: Form, sent: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return typed answers from the names and values of a sent page; other inputs of the page are left alone.

    Questions that are not sent are not there. Of several options all values count, and a box that is not ticked is told by an
    empty input of the same name; of a consent the last does, so that its box stands behind an input with `no`. Rows keep their order
    and lose their numbers.
    """
    typed: dict[str, Any] = {}
    for name, value in sent:
        prefix, _, path = name.partition(".")
        if prefix == PREFIX and path:
            _put(form, typed, path.split(".", DEEPEST), value)
    return {key: _listed(value) if isinstance(value, dict) else value for key, value in typed.items()}


def _put(form: Form, typed: dict[str, Any], path: list[str], value: str) -> None:
    key = path[0]
    question = form.question(key)
    if isinstance(question, Several) and len(path) == 1:
        typed.setdefault(key, []).append(value)
        return
    if len(path) == 1 and not isinstance(question, Consent) and key in typed:
        return  # sent twice: the first is what the person saw first
    inside = typed
    for step in path[:-1]:
        following = inside.setdefault(step, {})
        if not isinstance(following, dict):
            return
        inside = following
    inside[path[-1]] = value


def _listed(value: dict[str, Any]) -> Any:
    """Return rows by their numbers as a list in that order; a mapping of other names stays one."""
    if all(number.isdecimal() and number.isascii() and len(number) < 7 for number in value):
        return [value[number] for number in sorted(value, key=int)]
    return value
