"""Every step of a round has its sentence."""

from services.office.texts import ROUND_STEPS, RoundStep


def test_every_step_of_a_round_has_its_sentence() -> None:
    assert set(ROUND_STEPS) == set(RoundStep)
