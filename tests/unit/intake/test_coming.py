"""Which stages may still come, by what is decided and published so far; nothing else is told."""

from collections.abc import Sequence

import pytest
from factories.stages import collect, judge, level, programme_of

from services.intake.coming import Facts, coming, words_of
from shared.awards.lifecycle import OutcomeKind
from shared.submissions.lifecycle import FilingStatus

STAGES = (
    collect("plan"),
    judge("screening", keep=2),
    judge("selection", levels=[level("good", 1, 5)], **{"for": {"screening": "shortlisted"}}),
    collect("papers", **{"for": {"selection": "good"}}),
    collect("record", **{"for": {"papers": "accepted"}}),
    collect("elsewhere", **{"for": {"province": "ลำปาง"}}),
)
OPEN, ACCEPTED = FilingStatus.OPEN, FilingStatus.ACCEPTED


@pytest.mark.parametrize(
    ("filings", "outcomes", "found"),
    [
        ({"plan": OPEN}, {}, ["papers", "record"]),
        ({"plan": ACCEPTED}, {"screening": words_of(OutcomeKind.SHORTLISTED, None)}, ["papers", "record"]),
        ({"plan": ACCEPTED}, {"screening": words_of(OutcomeKind.NOT_SHORTLISTED, None)}, []),
        ({"plan": ACCEPTED}, {"selection": words_of(OutcomeKind.NOT_AWARDED, None)}, []),
        ({"plan": ACCEPTED, "papers": OPEN}, {"selection": words_of(OutcomeKind.AWARDED, "good")}, ["record"]),
        ({"plan": ACCEPTED, "papers": FilingStatus.LAPSED}, {"selection": words_of(OutcomeKind.AWARDED, "good")}, []),
    ],
)
def test_stage_may_come_while_all_it_hangs_on_may(
    filings: dict[str, FilingStatus], outcomes: dict[str, Sequence[str]], found: list[str]
) -> None:
    facts = Facts("ฉะเชิงเทรา", "คลองเขื่อน", None, filings, outcomes)
    assert [stage.key for stage in coming(programme_of(*STAGES), facts)] == found
