"""A form: questions and files in one order."""

from functools import cached_property

from pydantic import Field

from shared.forms.items import Item
from shared.forms.part import Part
from shared.forms.questions import Question

MOST_QUESTIONS = 300
MOST_ITEMS = 60


class Form(Part):
    """What is asked of one filing: questions first, then files."""

    questions: tuple[Question, ...] = Field(default=(), max_length=MOST_QUESTIONS)
    items: tuple[Item, ...] = Field(default=(), max_length=MOST_ITEMS)

    def question(self, key: str) -> Question | None:
        """Return the question of a key."""
        return next((question for question in self.questions if question.key == key), None)

    def item(self, key: str) -> Item | None:
        """Return the item of a key."""
        return next((item for item in self.items if item.key == key), None)

    def public(self) -> "Form":
        """Return the form as it is for those who are no officers: without internal questions and items."""
        return self._public

    @cached_property
    def _public(self) -> "Form":
        if not any(part.internal for part in (*self.questions, *self.items)):
            return self
        questions = tuple(question for question in self.questions if not question.internal)
        items = tuple(item for item in self.items if not item.internal)
        return Form.model_construct(questions=questions, items=items)  # a copy of this one would have its `content`

    @cached_property
    def content(self) -> str:
        """The form as JSON: equal for equal forms."""
        return self.model_dump_json()
