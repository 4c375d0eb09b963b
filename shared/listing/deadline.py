"""Until when applicants submit what a programme asks of all of them first, as lists of programmes show it. Pure."""

from datetime import datetime

from shared.programmes.definition import Definition
from shared.programmes.stages import Collect, Office


def first_asked(definition: Definition) -> Collect | None:
    """Return the stage that asks every applicant first: without a condition; else the first that asks anything of applicants."""
    asked = [stage for stage in definition.collects if Office.APPLICANT in stage.filed_by]
    return next((stage for stage in asked if not stage.for_), asked[0] if asked else None)


def deadline(definition: Definition) -> datetime | None:
    """Return when that stage ends for everybody; None where it is a term of days, or nothing is asked of applicants."""
    stage = first_asked(definition)
    ends = {key: at for key, _, at in definition.dates()}
    return ends.get(stage.key) if stage else None
