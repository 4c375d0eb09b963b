"""A form: questions and files in one order."""

from shared.forms.items import Item
from shared.forms.part import Part
from shared.forms.questions import Question


class Form(Part):
    """What is asked of one filing: questions first, then files."""

    questions: tuple[Question, ...] = ()
    items: tuple[Item, ...] = ()

    def question(self, key: str) -> Question | None:
        """Return the question of a key."""
        return next((question for question in self.questions if question.key == key), None)

    def item(self, key: str) -> Item | None:
        """Return the item of a key."""
        return next((item for item in self.items if item.key == key), None)
