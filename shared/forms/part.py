"""What every part of a programme's document is built from: strict models, keys, and texts in one or two languages."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.text import Text

MOST_DIGITS, MOST_DECIMALS = 15, 12
"""Of a number, before and after its point."""
KEY_PATTERN = r"^[a-z][a-z0-9_]{0,39}$"
Key = Annotated[str, Field(pattern=KEY_PATTERN)]


class Part(BaseModel):
    """A part of a document: unknown fields are mistakes, and nothing changes once read."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        serialize_by_alias=True,
        validate_by_name=True,
        validate_by_alias=True,
        use_attribute_docstrings=True,
    )


def _reasonable(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MOST_DECIMALS or number.adjusted() >= MOST_DIGITS:
        raise PydanticCustomError("number_too_large", "the number is too large or too fine")
    return number


Exact = Annotated[Decimal, AfterValidator(_reasonable)]
"""A number without rounding, of a size with which arithmetic costs no more than with any other: 1e999999 is short to write."""


class WrittenText(Part):
    """A text as a programme's file has it: at least one of the two languages."""

    th: str = Field(default="", min_length=1)
    en: str = Field(default="", min_length=1)

    @model_validator(mode="after")
    def _has_a_language(self) -> Self:
        if not (self.th or self.en):
            raise PydanticCustomError("text_missing", "needs Thai (th) or English (en)")
        return self


def _complete(written: object) -> Text:
    if isinstance(written, Text):
        return written
    text = WrittenText.model_validate(written)
    return Text(text.th or text.en, text.en or text.th)


ProgrammeText = Annotated[Text, BeforeValidator(_complete)]
"""A programme's own text; a language that its file leaves out reads as the other."""


def _listed(written: object) -> object:
    return (written,) if isinstance(written, str) else written


Words = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]
"""One word or several: `accepted`, or `[outstanding, good]`."""
