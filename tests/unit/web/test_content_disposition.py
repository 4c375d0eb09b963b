"""Names of files in headers."""

import pytest

from services.web.media import content_disposition


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plan.pdf", "filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf"),
        ("แผน ๑.pdf", "filename=\"file.pdf\"; filename*=UTF-8''%E0%B9%81%E0%B8%9C%E0%B8%99%20%E0%B9%91.pdf"),
        (
            "แผนธุรกิจ",
            "filename=\"file\"; filename*=UTF-8''%E0%B9%81%E0%B8%9C%E0%B8%99%E0%B8%98%E0%B8%B8%E0%B8%A3%E0%B8%81%E0%B8%B4%E0%B8%88",
        ),
        ('a"; x="b.pdf', "filename=\"a; x=b.pdf\"; filename*=UTF-8''a%3B%20x%3Db.pdf"),
        ("../../etc/passwd", "filename=\"etcpasswd\"; filename*=UTF-8''etcpasswd"),
        ("a\r\nSet-Cookie: x", "filename=\"aSet-Cookie: x\"; filename*=UTF-8''aSet-Cookie%3A%20x"),
        ("\n", "filename=\"file\"; filename*=UTF-8''file"),
    ],
)
def test_name_is_safe_and_whole_in_any_script(name: str, expected: str) -> None:
    assert content_disposition(name, inline=True) == f"inline; {expected}"
    assert content_disposition(name, inline=False) == f"attachment; {expected}"
