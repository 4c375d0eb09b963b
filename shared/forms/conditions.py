"""What must agree between the conditions of a form: rules over its plain data, also where other parts are still wrong. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.forms.form import MOST_ITEMS, MOST_QUESTIONS
from shared.forms.nearest import unknown
from shared.forms.problem import Path, Problem
from shared.forms.visibility import NO, YES
from shared.text import Text

Written = Mapping[str, Any]
"""A question or an item as its file has it."""

MOST_PARTS = MOST_QUESTIONS + MOST_ITEMS
CONDITIONS = frozenset({"choice", "several", "consent"})
"""Types of questions on whose answers others can hang."""

UNKNOWN_QUESTION = Text("แบบฟอร์มนี้ไม่มีคำถามชื่อ {name}", "this form has no question called {name}")
ITEM_NAMED = Text("{name} เป็นไฟล์ เงื่อนไขต้องอ้างถึงคำถาม", "{name} is a file; a condition hangs on a question")
NO_CONDITION = Text(
    "เงื่อนไขอ้างได้เฉพาะคำถามชนิด choice, several และ consent แต่ {name} เป็น {type}",
    "a condition hangs on a choice, several or a consent; {name} is {type}",
)
UNKNOWN_OPTION = Text("ไม่มีตัวเลือก {name}", "there is no option {name}")
INTERNAL_NAMED = Text(
    "{name} เห็นเฉพาะเจ้าหน้าที่ ข้อที่ทุกคนเห็นจึงขึ้นกับข้อนี้ไม่ได้", "only officers see {name}, so what everybody is asked cannot hang on it"
)
CIRCLE = Text("เงื่อนไขวนกลับมาที่ตัวเอง: {circle}", "these conditions run in a circle: {circle}")
NEVER_VISIBLE = Text("ข้อนี้จะไม่มีวันแสดง เพราะ {name} ต้องมีคำตอบที่เป็นไปไม่ได้", "is never asked: no answer to {name} satisfies all its conditions")


@dataclass(slots=True)
class _Asked:
    """What a form asks, as far as it is written well enough to judge conditions."""

    questions: dict[str, Written] = field(default_factory=dict)
    items: dict[str, Written] = field(default_factory=dict)
    places: list[tuple[Path, Written]] = field(default_factory=list)


def problems(questions: list[tuple[Path, Written]], items: list[tuple[Path, Written]]) -> Iterator[Problem]:
    """Return what does not agree between conditions; questions and items come with their paths."""
    asked = _Asked(places=[*questions, *items])
    for into, found in ((asked.questions, questions), (asked.items, items)):
        for _, part in found:
            if isinstance(part.get("key"), str):
                into.setdefault(part["key"], part)
    for path, part in asked.places:
        yield from _names(asked, path, part)
    circles = list(_circles(asked))
    yield from circles
    if not circles and len(asked.places) <= MOST_PARTS:
        yield from _never_visible(asked)


def _conditions(part: Written) -> Iterator[tuple[str, list[str]]]:
    """Return what a part hangs on: the key of a question, and the answers."""
    when = part.get("when")
    for name, values in when.items() if isinstance(when, Mapping) else ():
        listed = [values] if isinstance(values, str) else values
        if isinstance(name, str) and isinstance(listed, list | tuple):
            yield name, [value for value in listed if isinstance(value, str)]


def _names(asked: _Asked, path: Path, part: Written) -> Iterator[Problem]:
    for name, values in _conditions(part):
        at = (*path, "when", name)
        question = asked.questions.get(name)
        if question is None:
            yield Problem(at, _unknown(asked, name))
            continue
        if question.get("internal") is True and part.get("internal") is not True:
            yield Problem(at, INTERNAL_NAMED.fill(name=name))
        type_ = _type(question)
        if type_ and type_ not in CONDITIONS:
            yield Problem(at, NO_CONDITION.fill(name=name, type=type_))
            continue
        options = _options(question)
        for value in values:
            if options is not None and value not in options:
                yield Problem(at, unknown(UNKNOWN_OPTION, value, options))


def _unknown(asked: _Asked, name: str) -> Text:
    if name in asked.items:
        return ITEM_NAMED.fill(name=name)
    return unknown(UNKNOWN_QUESTION, name, [key for key, question in asked.questions.items() if _type(question) in CONDITIONS])


def _type(question: Written) -> str:
    type_ = question.get("type")
    return type_ if isinstance(type_, str) else ""


def _options(question: Written) -> list[str] | None:
    """Return the answers by which a condition can name a question; None where they are not written well enough to tell."""
    if question.get("type") == "consent":
        return [YES, NO]
    options = question.get("options")
    if not isinstance(options, list | tuple):
        return None
    return [option["key"] for option in options if isinstance(option, Mapping) and isinstance(option.get("key"), str)]


def _circles(asked: _Asked) -> Iterator[Problem]:
    """Return each circle once, at the first of its questions."""
    done: set[str] = set()
    places = {part["key"]: path for path, part in reversed(asked.places) if isinstance(part.get("key"), str)}
    for start in asked.questions:
        way: list[str] = []
        waiting = [(start, 0)]
        while waiting:
            key, depth = waiting.pop()
            del way[depth:]
            if key in way:
                circle = [*way[way.index(key) :], key]
                yield Problem((*places[circle[0]], "when"), CIRCLE.fill(circle=" → ".join(circle)))
                continue
            if key in done or key not in asked.questions:
                continue
            done.add(key)
            way.append(key)
            waiting += [(name, depth + 1) for name, _ in _conditions(asked.questions[key])]


def _never_visible(asked: _Asked) -> Iterator[Problem]:
    """Return what no answers can ever show, the first of a chain only: all its conditions and theirs ask too much of one question."""
    for path, part in asked.places:
        if any(True for _ in _conditions(part)):
            name = _impossible(asked, part)
            if name is not None and not any(
                _impossible(asked, asked.questions[of]) for of, _ in _conditions(part) if of in asked.questions
            ):
                yield Problem((*path, "when"), NEVER_VISIBLE.fill(name=name))


def _impossible(asked: _Asked, part: Written) -> str | None:
    """Return a question that would need an answer which it cannot have, for a part to be visible."""
    possible: dict[str, set[str]] = {}
    waiting, seen = [part], set[str]()
    while waiting:
        for name, values in _conditions(waiting.pop()):
            question = asked.questions.get(name)
            options = _options(question) if question is not None else None
            if question is None or options is None or _type(question) not in CONDITIONS or not set(values) & set(options):
                continue  # a fault of its own
            if question.get("type") == "several" and question.get("max_choices") != 1:
                possible.setdefault(name, set(options))  # one of each condition's options can be chosen beside the others
            else:
                needs_yes = question.get("type") == "consent" and question.get("required") is not False
                possible[name] = possible.get(name, {YES} if needs_yes else set(options)) & set(values)
            if name not in seen:
                seen.add(name)
                waiting.append(question)
    return next((name for name, options in possible.items() if not options), None)
