"""Texts are there in the language of a programme that has only one. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from shared.forms.problem import Path, Problem
from shared.programmes.consistency.outline import Outline
from shared.text import Text

NAMES = {"th": Text("ภาษาไทย (th)", "Thai (th)"), "en": Text("ภาษาอังกฤษ (en)", "English (en)")}
LACKS = Text("ต้องมีข้อความ{language} เพราะโครงการใช้ภาษานี้ภาษาเดียว", "needs a text in {language}, the programme's only language")


def problems(outline: Outline) -> Iterator[Problem]:
    """Yield the texts that have only the other language. A programme in both languages reads a text that has one in both."""
    languages = outline.document.get("languages")
    if not isinstance(languages, list | tuple) or list(languages) not in (["th"], ["en"]):
        return
    only = languages[0]
    other = "en" if only == "th" else "th"
    waiting: list[tuple[Path, Any]] = [((), outline.document)]
    while waiting:
        path, part = waiting.pop()
        if isinstance(part, Mapping):
            if isinstance(part.get(other), str) and set(part) == {other}:
                yield Problem(path, LACKS.fill(language=NAMES[only]))
            waiting += [((*path, name), value) for name, value in part.items() if isinstance(name, str)]
        elif isinstance(part, list | tuple):
            waiting += [((*path, number), value) for number, value in enumerate(part)]
