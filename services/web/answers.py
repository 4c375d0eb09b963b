"""What routes for programs return: typed models, so that OpenAPI has a schema for each."""

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """The JSON body of an answer. Its fields are its members, and there are no others."""

    model_config = ConfigDict(frozen=True, extra="forbid")
