"""The message that members may begin to judge."""

from factories.letters import LINK, letter


def test_members_learn_which_round_is_open_and_where_its_queue_is() -> None:
    sent = letter("round_opened", round_th="รอบกลั่นกรอง", round_en="Screening")
    assert sent.subject == "เปิดให้พิจารณารอบกลั่นกรองแล้ว: โครงการเล็ก · Screening is open: A little programme"
    assert sent.thai.splitlines()[2:] == ["เปิดให้พิจารณารอบกลั่นกรอง โครงการเล็ก แล้ว เข้าคิวพิจารณาได้ที่", LINK]
    assert sent.english.splitlines()[2:] == ["Screening of A little programme is open. The review queue:", LINK]
