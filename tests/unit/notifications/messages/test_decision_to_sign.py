"""The message that a decision waits for the chair."""

from factories.letters import LINK, letter


def test_chair_learns_which_result_waits_and_where_to_sign() -> None:
    sent = letter("decision_to_sign", round_th="รอบคัดเลือก", round_en="Selection")
    assert sent.subject == "รอประธานลงนามผลรอบคัดเลือก · To sign: Selection"
    assert sent.thai.splitlines()[2:] == ["ผลรอบคัดเลือก โครงการเล็ก รอท่านลงนาม", LINK]
    assert sent.english.splitlines()[2:] == ["the result of Selection, A little programme, waits for your signature.", LINK]
