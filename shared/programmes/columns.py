"""The columns of a table of target groups: the code, then one for each question of the applicant's form, a place in its parts. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.forms.questions import Place, Question
from shared.forms.types import place
from shared.programmes import applicants
from shared.programmes.definition import Definition
from shared.text import Text

CODE = Text("รหัส", "code")
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    applicants.CODE: ("register code",),
    applicants.CONTACT_NAME: ("ชื่อผู้ประสานงาน", "ผู้ติดต่อ", "contact", "contact name"),
    applicants.EMAIL: ("อีเมล์", "e-mail", "email"),
    applicants.PHONE: ("โทรศัพท์", "เบอร์โทรศัพท์", "เบอร์โทร", "telephone", "phone"),
}
"""What columns may be called in every table, besides labels and keys."""
PARTS: Mapping[str, tuple[str, ...]] = {
    "province": ("จังหวัด", "province"),
    "amphoe": ("อำเภอ", "เขต", "amphoe", "district"),
    "tambon": ("ตำบล", "แขวง", "tambon", "subdistrict"),
}
"""Of the first place of a form; those of another have its label or key before them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what it may be called, the first as our template writes it, and what stands in it."""

    key: str
    """The question's; `code` for the register's."""
    headings: tuple[str, ...]
    label: Text
    question: Question | None = None
    """None: the code."""
    part: str | None = None
    """Of a place: which part of it; None: all of it, by its code or as an address."""

    @property
    def is_required(self) -> bool:
        """Whether a table without it cannot be right."""
        return self.question is None or (self.question.required and self.question.when is None)


def columns(definition: Definition) -> list[Column]:
    """Return the columns of the table of a programme's applicants, in the form's order, places in their parts."""
    return [column for column in known(definition) if column.part is not None or not isinstance(column.question, Place)]


def known(definition: Definition) -> list[Column]:
    """Return all columns that a table may have: besides those of `columns` one for each place that has all of it."""
    shipped = applicants.headings(definition.applicant) if isinstance(definition.applicant, str) else {}
    if isinstance(definition.applicant, str) and definition.applicant in definition.forms:
        shipped = {}
    code = (*shipped.get(applicants.CODE, ()), CODE.th, CODE.en, *SYNONYMS[applicants.CODE])
    return [Column(applicants.CODE, code, Text(code[0], CODE.en)), *_questions(definition, shipped)]


def by_heading(columns: list[Column]) -> dict[str, Column]:
    """Return the columns by what they may be called, in small letters; of two of one name the first, keys before labels."""
    found: dict[str, Column] = {}
    for column in columns:
        found.setdefault(column.key if column.part is None else f"{column.key}.{column.part}", column)
    for column in columns:
        for heading in column.headings:
            found.setdefault(plain(heading), column)
    return found


def plain(heading: str) -> str:
    """Return a heading as it is compared."""
    return " ".join(heading.split()).casefold()


def _questions(definition: Definition, shipped: Mapping[str, tuple[str, ...]]) -> Iterator[Column]:
    is_first_place = True
    for question in definition.applicant_form.questions:
        label = question.label
        names = (label.th, label.en, *shipped.get(question.key, ()), *SYNONYMS.get(question.key, ()))
        yield Column(question.key, names, label, question)
        if isinstance(question, Place):
            yield from _parts(question, is_first=is_first_place)
            is_first_place = False


def _parts(question: Place, *, is_first: bool) -> Iterator[Column]:
    for level in place.LEVELS[: place.LEVELS.index(question.level) + 1]:
        label, words = place.LABELS[level], PARTS[level]
        if not is_first:
            label = Text(f"{question.label.th} {label.th}", f"{question.label.en} {label.en}")
            words = (label.th, label.en, *(f"{question.key} {word}" for word in words))
        yield Column(question.key, words, label, question, level)
