"""What a file is by its first bytes."""

import pytest

from shared.validation.sniffing import ARCHIVE, COMPOUND, ENCRYPTED_PACKAGE, is_locked_office, sniff

FRAME = b"\xff\xfb\x50\xc4" + bytes(205)
"""Of 64 kbit/s at 44.1 kHz: 208 bytes, and one of padding where its third byte says so."""


@pytest.mark.parametrize(
    ("head", "type_"),
    [
        (b"\0\0\0\x18ftypisom", "mp4"), (b"\0\0\0\x18ftypqt  ", "mov"), (b"\0\0\0\x18ftyp3gp5", "3gp"), (b"\0\0\0\x18ftypM4A ", "m4a"),
        (b"\0\0\0\x18moov", "mov"), (b"\x1aE\xdf\xa3 webm", "webm"), (b"\x1aE\xdf\xa3 matroska", "mkv"), (b"\r\n%PDF-1.7", "pdf"),
        (b"\xff\xd8\xff\xe0", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"ID3\4", "mp3"), (b"PK\3\4", ARCHIVE), (b"PK\5\6", ARCHIVE),
        (b"PK\3\4 and within it %PDF-1.7", ARCHIVE), (b"MZ", None), (b"", None), (b"\xff\xfe<\0", None), (b"\xff\xf1\x50\x80" * 500, None),
    ],
)  # fmt: skip
def test_first_bytes_tell_the_type(head: bytes, type_: str | None) -> None:
    assert sniff(head) == type_


def test_mp3_without_a_tag_is_two_frames_one_behind_the_other() -> None:
    length = 144 * 64_000 // 44_100
    frame = FRAME[:length]
    assert sniff(frame + frame) == "mp3"
    assert sniff(frame) is None
    assert sniff(frame + b"\0" + frame) is None


def test_locked_office_document_is_told_from_an_old_one() -> None:
    assert is_locked_office(COMPOUND + bytes(600) + ENCRYPTED_PACKAGE)
    assert not is_locked_office(COMPOUND + bytes(600))
    assert not is_locked_office(b"PK" + ENCRYPTED_PACKAGE)
