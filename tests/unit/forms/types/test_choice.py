"""One of several options, by its key (D1)."""

import pytest
from factories.questions import asked, read, refused

from shared.forms.showing import shown

CHOICE = asked("choice")
LABELLED_ANEW = asked("choice", options=[{"key": "fence", "label": {"en": "Fences"}}, {"key": "seeds", "label": {"en": "Seed"}}])


def test_stored_by_key() -> None:
    assert read(CHOICE, " seeds ") == "seeds"
    assert shown(CHOICE, "seeds").en == "option seeds"


@pytest.mark.parametrize("typed", ["option seeds", "Seeds", "0", 0, "rice"])
def test_labels_and_positions_are_refused(typed: object) -> None:
    assert refused(CHOICE, typed) == "option_unknown"


def test_answers_stay_with_their_option_when_it_is_labelled_or_placed_anew() -> None:
    stored = read(CHOICE, "seeds")
    assert shown(LABELLED_ANEW, stored).en == "Seed"


def test_an_option_that_is_gone_reads_as_its_key() -> None:
    assert shown(LABELLED_ANEW, "tools").th == "tools"
