"""Why an operator changes what the machines do: pages and programs both have to say it."""

from typing import Annotated

from pydantic import BaseModel, StringConstraints

Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class Reason(BaseModel):
    """The body of a program's request."""

    reason: Why
