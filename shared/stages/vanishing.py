"""What a new document of a programme no longer has: stages, questions, options, columns, items. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shared.forms.form import Form
from shared.forms.questions import Choice, Column, Option, Question, Several, Table
from shared.programmes.definition import Definition
from shared.programmes.stages import Collect, Judge, Support
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Vanished:
    """A part that is gone, or is something else under its key: a whole stage, or a part of a collect stage's form."""

    stage: Collect | Judge | Support
    """As it was."""
    label: Text
    """Of the part, as people read it."""
    item: str | None = None
    question: str | None = None
    column: str | None = None
    """Of the question, a table."""
    option: str | None = None
    """Of the question, or of its column."""

    @property
    def path(self) -> str:
        """Where it was: `record.purchases.method.market`."""
        parts = (self.stage.key, self.item, self.question, self.column, self.option)
        return ".".join(part for part in parts if part is not None)


def vanished(before: Definition, after: Definition) -> list[Vanished]:
    """Return everything that the later document no longer has, in the order of the earlier one.

    A question of another type is gone, for its answers could not be read: a key is never used for something else later.
    """
    found: list[Vanished] = []
    for stage in before.timeline:
        later = after.stage(stage.key)
        if later is None or later.kind != stage.kind:
            found.append(Vanished(stage, stage.label))
        elif isinstance(stage, Collect) and isinstance(later, Collect):
            found += _of_form(stage, before.form_of(stage), after.form_of(later))
    return found


def _of_form(stage: Collect, before: Form, after: Form) -> Iterator[Vanished]:
    for item in before.items:
        if after.item(item.key) is None:
            yield Vanished(stage, item.label, item=item.key)
    for question in before.questions:
        later = after.question(question.key)
        if later is None or later.type != question.type:
            yield Vanished(stage, question.label, question=question.key)
        else:
            yield from _of_question(stage, question, later)


def _of_question(stage: Collect, before: Question, after: Question) -> Iterator[Vanished]:
    for option in _gone(_options(before), _options(after)):
        yield Vanished(stage, option.label, question=before.key, option=option.key)
    if not isinstance(before, Table) or not isinstance(after, Table):
        return
    later = {column.key: column for column in after.columns}
    for column in before.columns:
        same = later.get(column.key)
        if same is None or same.type != column.type:
            yield Vanished(stage, column.label, question=before.key, column=column.key)
            continue
        for option in _gone(column.options, same.options):
            yield Vanished(stage, option.label, question=before.key, column=column.key, option=option.key)


def _options(question: Question | Column) -> tuple[Option, ...]:
    return question.options if isinstance(question, Choice | Several) else ()


def _gone(before: Iterable[Option], after: Iterable[Option]) -> Iterator[Option]:
    left = {option.key for option in after}
    return (option for option in before if option.key not in left)
