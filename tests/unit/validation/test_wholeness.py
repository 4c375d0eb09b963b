"""Whether a file reaches as far as its own boxes say."""

from io import BytesIO

import pytest

from shared.validation.wholeness import missing_bytes

FTYP = b"\0\0\0\x10ftypisom\0\0\0\0"
MDAT = b"\0\0\0\x64mdat" + bytes(92)
LARGE = b"\0\0\0\x01mdat" + (100).to_bytes(8, "big") + bytes(84)
EBML = b"\x1aE\xdf\xa3\x84\x42\x86\x81\x01"
SEGMENT = b"\x18\x53\x80\x67"


def missing(content: bytes, *, matroska: bool = False) -> int:
    return missing_bytes(BytesIO(content), size=len(content), matroska=matroska)


@pytest.mark.parametrize("content", [FTYP + MDAT, FTYP + LARGE, FTYP + b"\0\0\0\0mdat" + bytes(50), FTYP + MDAT + b"\0\0\0", b"", FTYP[:6]])
def test_whole_files_lack_nothing(content: bytes) -> None:
    assert missing(content) == 0


@pytest.mark.parametrize("box", [MDAT, LARGE, MDAT.replace(b"mdat", b"moof")])
def test_box_that_is_cut_lacks_the_rest(box: bytes) -> None:
    assert missing(FTYP + box[:-30]) == 30


def test_padding_or_rubbish_behind_a_clip_is_not_missed() -> None:
    assert missing(FTYP + MDAT + b"\0\0\0\x64free" + bytes(10)) == 0
    assert missing(FTYP + MDAT + b"a note by some tool") == 0
    assert missing(FTYP + MDAT + bytes(100)) == 0


@pytest.mark.parametrize(("size", "width"), [(50, 1), (50, 8)])
def test_segment_that_is_cut_lacks_the_rest(size: int, width: int) -> None:
    length = (size | 1 << (7 * width)).to_bytes(width, "big")
    assert missing(EBML + SEGMENT + length + bytes(50), matroska=True) == 0
    assert missing(EBML + SEGMENT + length + bytes(20), matroska=True) == 30


@pytest.mark.parametrize(
    "content", [EBML + SEGMENT + b"\x01" + b"\xff" * 7 + bytes(9), EBML + SEGMENT + b"\xff", EBML, EBML[:4], EBML + b"1234", b""]
)
def test_segment_that_does_not_say_its_size_lacks_nothing(content: bytes) -> None:
    assert missing(content, matroska=True) == 0
