"""The body of every request that changes what the machines do."""

from pydantic import BaseModel, Field


class Reason(BaseModel):
    """Why."""

    reason: str = Field(min_length=1, max_length=500)
