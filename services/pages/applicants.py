"""An applicant's answers, for pages and programs."""

from services.web.answers import Answer
from shared.programmes.applicants.describing import described
from shared.programmes.definition import Definition
from shared.programmes.models import Group
from shared.text import Text


class ApplicantAnswer(Answer):
    """One answer of an applicant: the question's key and label, and how the answer reads."""

    key: str
    label: Text
    text: Text


def applicant_answers(definition: Definition, group: Group, *, contacts: bool = False, internal: bool = False) -> list[ApplicantAnswer]:
    """Return what an applicant answered besides its name; see `shared.programmes.applicants.describing`."""
    lines = described(definition, group.answers, contacts=contacts, internal=internal)
    return [ApplicantAnswer(key=line.key, label=line.label, text=line.value) for line in lines]
