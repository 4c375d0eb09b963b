"""What queries and messages need of an applicant's answers. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.forms.form import Form
from shared.forms.questions import Place
from shared.programmes.applicants import CONTACT_NAME, EMAIL, NAME, PHONE
from shared.thai import places


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The columns of `Group` that follow from its answers; areas are empty where the form asks for no place."""

    name: str
    province: str
    amphoe: str
    tambon: str
    place_code: str | None
    contact_name: str
    email: str | None
    phone: str | None


def snapshot(form: Form, answers: Mapping[str, Any]) -> Snapshot:
    """Return what is kept beside stored answers. Whoever is not asked for a contact person is their own."""
    place = next((question.key for question in form.questions if isinstance(question, Place)), None)
    code = answers.get(place) if place else None
    areas = {len(one.code): one.th for one in places.around(code or "")}
    return Snapshot(
        name=answers[NAME],
        province=areas.get(2, ""),
        amphoe=areas.get(4, ""),
        tambon=areas.get(6, ""),
        place_code=code,
        contact_name=answers.get(CONTACT_NAME) or answers[NAME],
        email=answers.get(EMAIL),
        phone=answers.get(PHONE),
    )
