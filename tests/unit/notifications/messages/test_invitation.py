"""The message that invites a group."""

from factories.letters import LINK, letter


def test_invitation_says_what_to_send_by_when_and_where() -> None:
    facts = {"deadline": "2020-05-29T23:59:59+07:00", "items_th": "แผนธุรกิจ, คลิปวิดีโอ", "items_en": "Plan, Video clip"}
    sent = letter("invitation", **facts)
    assert sent.subject == "ขอเชิญส่งผลงาน โครงการเล็ก · Invitation: A little programme"
    assert sent.thai.splitlines() == [
        "เรียน นางสมใจ ทองหลาง",
        "",
        "กลุ่มออมทรัพย์เพื่อการผลิตบ้านท่าทองหลาง ได้รับเชิญเข้าร่วม โครงการเล็ก",
        "ขอให้ส่ง แผนธุรกิจ, คลิปวิดีโอ ภายใน 29 พฤษภาคม 2563 23.59 น.",
        "",
        "เปิดหน้าส่งผลงานของกลุ่มจากลิงก์นี้ (ใช้ได้เฉพาะกลุ่มของท่าน โปรดอย่าส่งต่อ):",
        LINK,
        "",
        "เลขที่ใบสมัคร LT63-0007",
    ]
    assert "Please send Plan, Video clip by 29 May 2020, 23:59" in sent.english
    assert LINK in sent.english
