"""Types of questions, one a file.

A new one is a model in `shared.forms.questions`, a file here, a line in `NAMES`, and a test of the same name.
A file is pure and has three functions: `field(question)` returns the pydantic annotation that turns what people type into what is
stored, `shown(question, stored, writing)` how it reads, `gaps(question, stored)` what it still lacks before it can be submitted.
"""

from importlib import import_module
from types import ModuleType

NAMES = (
    "short_text",
    "long_text",
    "number",
    "money",
    "date",
    "choice",
    "several",
    "consent",
    "place",
    "telephone",
    "email",
    "table",
    "indicator",
)
TYPES: dict[str, ModuleType] = {name: import_module(f"{__name__}.{name}") for name in NAMES}
"""By the question's `type`."""
