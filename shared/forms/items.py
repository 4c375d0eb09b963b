"""The files that a form asks for, and their limits."""

from typing import Literal

from pydantic import Field

from shared.forms.part import Exact, Key, Part, ProgrammeText, Words

FileType = Literal[
    "pdf",
    "docx",
    "odt",
    "xlsx",
    "ods",
    "pptx",
    "jpg",
    "png",
    "zip",
    "mp4",
    "mov",
    "webm",
    "mkv",
    "3gp",
    "mp3",
    "m4a",
]
"""By content, as `shared.validation.sniffing` finds them, which may not be imported from here; a test compares the two. A `zip` is one of
JPG and PNG pictures only."""
CLIPS = frozenset({"mp4", "mov", "webm", "mkv", "3gp"})


class Item(Part):
    """One kind of file that is asked for: its key is the form's, its checks hang on its types and limits."""

    key: Key
    label: ProgrammeText
    hint: ProgrammeText | None = None
    required: bool = True
    """Whether nothing can be submitted without it."""
    internal: bool = False
    """Only officers see it."""
    when: dict[Key, Words] | None = None
    """Asked only while these questions have one of these answers."""
    types: tuple[FileType, ...] = Field(min_length=1)
    """By content, never by name; a `zip` is one of JPG and PNG pictures only."""
    max_bytes: int = Field(gt=0)
    """Of one file."""
    max_files: int = Field(default=1, gt=0)
    min_files: int = Field(default=1, gt=0)
    """How many files a required item needs."""
    one_document: bool = False
    """Several files are the pages of one document, bound in the order in which they were sent."""
    max_seconds: Exact | None = Field(default=None, gt=0)
    """Longest clip or sound, in seconds."""
    tolerance_seconds: Exact | None = Field(default=None, ge=0)
    """How much longer it may measure than `max_seconds`; None: one frame of the clip itself, of a sound 0.15 s for what encoders add."""
    min_pages: int | None = Field(default=None, gt=0)
    """Of a document; of a presentation, slides."""
    max_pages: int | None = Field(default=None, gt=0)
    min_pictures: int | None = Field(default=None, gt=0)
    """Of the pictures in one zip."""
    max_pictures: int | None = Field(default=None, gt=0, le=200)
    """None: 200."""

    @property
    def is_clip(self) -> bool:
        """Whether it may be a clip."""
        return not CLIPS.isdisjoint(self.types)
