"""What is around a message: who it goes to, and what makes it the same message in every try."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Envelope:
    """One notification on its way: `id` and `created_at` are those of its row, so they are the same in every try."""

    id: UUID
    created_at: datetime
    name: str
    address: str
