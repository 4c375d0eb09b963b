"""An applicant's answers as people read them, under the form's labels. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.forms import showing
from shared.forms.questions import Email, Question, Telephone
from shared.programmes.applicants import CONTACT_NAME, NAME
from shared.programmes.definition import Definition
from shared.text import Text


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer: the question's key, type and label, and how the answer reads."""

    key: str
    type: str
    label: Text
    value: Text


def described(definition: Definition, answers: Mapping[str, Any], *, contacts: bool, internal: bool = False) -> list[AnswerLine]:
    """Return an applicant's answers in the form's order, without its name, which stands above them.

    `contacts`: with whom to reach and where, for those who may know; `internal`: with what only officers see.
    """
    return list(_lines(definition, answers, contacts=contacts, internal=internal))


def is_contact(question: Question) -> bool:
    """Say whether a question asks whom to reach, or where."""
    return question.key == CONTACT_NAME or isinstance(question, Email | Telephone)


def _lines(definition: Definition, answers: Mapping[str, Any], *, contacts: bool, internal: bool) -> Iterator[AnswerLine]:
    for question in definition.applicant_form.questions:
        value = answers.get(question.key)
        is_hidden = (is_contact(question) and not contacts) or (question.internal and not internal)
        if question.key != NAME and value is not None and not is_hidden:
            yield AnswerLine(question.key, question.type, question.label, showing.shown(question, value, definition.writing))
