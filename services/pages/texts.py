"""From a programme's own texts to texts of the product."""

from shared.programmes import definition
from shared.text import Text


def text_of(label: definition.Text) -> Text:
    """Return a programme's own text as a text of the product."""
    return Text(label.th, label.en)
