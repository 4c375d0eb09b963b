"""What programmes ask of an applicant: the forms that are shipped, and the keys that mean something in every such form.

A form of an applicant has a question `name`. Its first place question says in which province, district and subdistrict the applicant is;
`contact_name`, `email` and `phone` say whom to write to and where, `business` what the applicant does: it is published with its name where
results are. All else is the document's own.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from shared.forms.form import Form

SHIPPED = ("savings_group", "person", "organisation")
"""Forms that every document may name, each a file here."""

APPLICANT = "applicant"
"""What answers of an applicant are called by where others are called by their stage: `applicant.kind`."""
NAME, CONTACT_NAME, EMAIL, PHONE, BUSINESS = "name", "contact_name", "email", "phone", "business"
ROLES = {NAME: "short_text", CONTACT_NAME: "short_text", EMAIL: "email", PHONE: "telephone", BUSINESS: "short_text"}
"""Keys with a meaning, and the type of question that each is."""
CODE = "code"
"""What a table calls an applicant's number in the register; no question may be called so."""


@cache
def written(name: str) -> Mapping[str, Any]:
    """Return a shipped form as its file has it."""
    return {"questions": _file(name)["questions"]}


@cache
def shipped(name: str) -> Form:
    """Return a shipped form."""
    return Form.model_validate(written(name))


def headings(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return, by key, what tables call the columns of a shipped form besides labels and keys; nothing for any other name."""
    return {key: tuple(words) for key, words in _file(name).get("headings", {}).items()} if name in SHIPPED else {}


@cache
def _file(name: str) -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load(files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
    return content
