"""Whether two clips show the same footage, however it was encoded: hashes of their pictures, compared at every shift in time. Pure."""

from collections import Counter, defaultdict
from itertools import pairwise
from struct import unpack

WIDTH = 9
HEIGHT = 8
"""Pixels of a picture to hash, gray, a byte each."""
SECONDS_APART = 1.0
"""Between pictures of a clip."""

FLAT = 12
"""A picture whose darkest and brightest pixels differ by less says nothing: black, white, a title's background."""
NEAR = 10
"""Bits of 64 in which the hashes of one picture may differ after it was encoded again."""
ALIKE = 0.6
"""The least share of the shorter clip that is seen in the other for both to be the same footage."""
FEWEST = 5
"""Pictures that say something: of fewer nothing is concluded."""

_BYTES = 8
_BANDS = 4
_REPEATED = 16
_SHIFTS = 12


def hashes(frames: bytes) -> bytes:
    """Return the difference hash of each picture, 8 bytes big-endian; `frames` are WIDTH × HEIGHT bytes a picture, row by row.

    A bit tells whether a pixel is darker than its right neighbour; the hash of a flat picture is 0. Source: N. Krawetz, "Kind of Like
    That" (2013), dHash.
    """
    size = WIDTH * HEIGHT
    return b"".join(_hash(frames[start : start + size]).to_bytes(_BYTES) for start in range(0, len(frames) - size + 1, size))


def _hash(picture: bytes) -> int:
    if max(picture) - min(picture) < FLAT:
        return 0
    value = 0
    for start in range(0, len(picture), WIDTH):
        for left, right in pairwise(picture[start : start + WIDTH]):
            value = value << 1 | (left < right)
    return value


class Footage:
    """One clip, made ready to be looked for in many others."""

    def __init__(self, hashes: bytes) -> None:
        """Take what `hashes` returned."""
        self._pictures = _pictures(hashes)
        self._telling = sum(1 for picture in self._pictures if picture)
        self._places: list[dict[int, list[int]]] = [defaultdict(list) for _ in range(_BANDS)]
        for place, bands in enumerate(_bands(hashes)):
            for known, band in zip(self._places, bands, strict=True):
                if self._pictures[place] and len(known[band]) < _REPEATED:
                    known[band].append(place)

    def share(self, other: bytes) -> float:
        """Return how much of the shorter clip is seen in the other, 0 to 1, at the shift in time at which most is.

        Shifts are tried where some pictures agree in a quarter of their bits, exactly: of 64 bits that differ in `NEAR`, few pictures
        do, but one of a clip is enough.
        """
        pictures = _pictures(other)
        least = min(self._telling, sum(1 for picture in pictures if picture))
        if least < FEWEST:
            return 0.0
        shifts: Counter[int] = Counter()
        for place, bands in enumerate(_bands(other)):
            if pictures[place]:
                for known, band in zip(self._places, bands, strict=True):
                    if band in known:
                        shifts.update(place - mine for mine in known[band])
        return max((self._seen(pictures, shift) for shift, _ in shifts.most_common(_SHIFTS)), default=0) / least

    def _seen(self, pictures: tuple[int, ...], shift: int) -> int:
        begin, end = max(0, -shift), min(len(self._pictures), len(pictures) - shift)
        return sum(
            1
            for mine, theirs in zip(self._pictures[begin:end], pictures[begin + shift : end + shift], strict=True)
            if mine and theirs and (mine ^ theirs).bit_count() <= NEAR
        )


def _pictures(hashes: bytes) -> tuple[int, ...]:
    return unpack(f">{len(hashes) // _BYTES}Q", hashes)


def _bands(hashes: bytes) -> list[tuple[int, ...]]:
    """Return the four quarters of each hash."""
    values = unpack(f">{len(hashes) // 2}H", hashes)
    return [values[start : start + _BANDS] for start in range(0, len(values), _BANDS)]
