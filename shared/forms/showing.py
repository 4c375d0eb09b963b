"""How stored answers read for people: days with the month's name, amounts with separators, labels of options, names of places."""

from shared.forms.questions import Question
from shared.forms.reading import Stored, Writing
from shared.forms.types import TYPES
from shared.text import Text

NOTHING = Text("–", "–")


def shown(question: Question, value: Stored, writing: Writing | None = None) -> Text:
    """Return a stored answer as people read it, – where there is none. A table has a line a row; its cells are in `types.table`."""
    if value is None:
        return NOTHING
    text: Text = TYPES[question.type].shown(question, value, writing or Writing())
    return text
