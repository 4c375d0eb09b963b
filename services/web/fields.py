"""What the macros of `forms.html` are given: the inputs of a question, ready to be shown."""

from enum import StrEnum

from pydantic import Field

from services.web.templates import PageModel
from shared.text import Text


class FieldLook(StrEnum):
    """How the inputs of a question are laid out."""

    LINE = "line"
    """One input, or several side by side, each with its label."""
    LINES = "lines"
    """Several lines of text."""
    RADIOS = "radios"
    SELECT = "select"
    BOXES = "boxes"
    """Boxes to tick, any number of them."""
    BOX = "box"
    """One box to tick."""
    TABLE = "table"


class OptionView(PageModel):
    """One option of a choice."""

    key: str
    label: Text
    is_chosen: bool


class InputView(PageModel):
    """One input: its name, what it holds, and what is wrong with that."""

    name: str
    id: str
    label: Text
    value: str
    problem: Text | None = None
    numeric: bool = False
    """The telephone shows its keys for numbers."""
    kind: str = "text"
    """The type of the input element: text, tel, email."""
    max_length: int | None = None
    unit: Text | None = None
    options: list[OptionView] = Field(default_factory=list)
    """Of a choice."""


class RowView(PageModel):
    """One row of a table."""

    number: int
    cells: list[InputView]


class SumText(PageModel):
    """What a column of a table comes to."""

    column: str
    label: Text
    total: Text


class Clash(PageModel):
    """What somebody else saved meanwhile."""

    saved_by: str
    theirs: Text


class FieldView(PageModel):
    """A question with its answer so far."""

    key: str
    label: Text
    hint: Text | None
    look: FieldLook
    required: bool
    internal: bool
    is_visible: bool
    when: str
    """Its condition as JSON, for the script; empty: always asked."""
    began: str
    """The version and the fingerprint of the answer that the inputs were filled with: tells what was changed on this page."""
    inputs: list[InputView]
    rows: list[RowView] = Field(default_factory=list)
    can_grow: bool = False
    """Whether the table may have more rows."""
    sums: list[SumText] = Field(default_factory=list)
    problems: list[Text]
    """What is wrong with the question as a whole."""
    understood: Text | None
    """How the answer was read, where that is not plain from what was typed."""
    answer: Text
    """The answer as it reads, where it can no longer be changed."""
    clash: Clash | None = None

    @property
    def all_inputs(self) -> list[InputView]:
        """Its inputs, those of rows as well."""
        return [*self.inputs, *(cell for row in self.rows for cell in row.cells)]

    @property
    def has_problem(self) -> bool:
        """Whether anything about it has to be fixed."""
        return bool(self.problems) or any(one.problem for one in self.all_inputs)

    @property
    def first_id(self) -> str:
        """The id of the input that a summary of problems leads to."""
        wrong = [one.id for one in self.all_inputs if one.problem]
        return wrong[0] if wrong else self.inputs[0].id if self.inputs else f"q-{self.key}"
