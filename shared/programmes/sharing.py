"""How a refusal names another programme to whom may know of it."""

from collections.abc import Callable

from shared.programmes.models import Programme
from shared.text import Text

Seen = Callable[[Programme], bool]
"""Whether a person may know of another programme."""
OTHER = Text("โครงการอื่น", "another programme")
THE_PROGRAMME = Text("โครงการ “{name}” ({slug})", "the programme “{name}” ({slug})")


def named(other: Programme) -> dict[str, str]:
    """Return how a refusal names another programme: `programme_th` and `programme_en`."""
    text = THE_PROGRAMME.fill(name=other.definition.name, slug=other.slug)
    return {"programme_th": text.th, "programme_en": text.en}
