"""Which questions and items of a form are asked, by the answers so far. Hidden counts as unanswered, down the whole chain.

A condition can hang on a choice (the key of an option), on several (any of the keys) and on a consent (`yes`, `no`).
"""

from collections import defaultdict
from collections.abc import Mapping

from shared.forms.form import Form
from shared.forms.items import Item
from shared.forms.questions import Question
from shared.forms.reading import Stored

YES, NO = "yes", "no"


def visible(form: Form, answers: Mapping[str, Stored]) -> frozenset[str]:
    """Return the keys of the questions and items that are asked. `answers` are stored ones; those of hidden questions count for nothing."""
    parts: list[Question | Item] = [*form.questions, *form.items]
    waiting = {part.key: len(part.when or {}) for part in parts}
    opens: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        for other, values in (part.when or {}).items():
            if words(answers.get(other)) & set(values):
                opens[other].append(part.key)
    asked = [key for key, count in waiting.items() if count == 0]
    for key in asked:  # grows while it is read: what a visible question opens is visible, too
        for opened in opens[key]:
            waiting[opened] -= 1
            if waiting[opened] == 0:
                asked.append(opened)
    return frozenset(asked)


def words(answer: Stored) -> frozenset[str]:
    """Return the words by which a condition can name an answer."""
    if isinstance(answer, bool):
        return frozenset({YES if answer else NO})
    if isinstance(answer, str):
        return frozenset({answer})
    return frozenset(one for one in answer if isinstance(one, str)) if isinstance(answer, list) else frozenset()
