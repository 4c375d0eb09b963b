"""Whether two clips show the same footage, by the pictures of each."""

import random
from collections.abc import Callable
from time import process_time

import pytest

from shared.renditions.likeness import ALIKE, FEWEST, HEIGHT, NEAR, WIDTH, Footage, hashes

SIZE = WIDTH * HEIGHT


def clip(seed: int, pictures: int = 60) -> list[bytes]:
    """Pictures of many grays that have nothing to do with those of another seed."""
    chance = random.Random(seed)  # noqa: S311  # pictures, not secrets
    return [bytes(chance.randrange(30, 220) for _ in range(SIZE)) for _ in range(pictures)]


def changed(pictures: list[bytes], change: Callable[[int], float]) -> list[bytes]:
    """Change every pixel by its gray."""
    return [bytes(round(max(0, min(255, change(pixel)))) for pixel in picture) for picture in pictures]


def grainy(pictures: list[bytes], seed: int = 99) -> list[bytes]:
    """Add what a hard encoding does."""
    chance = random.Random(seed)  # noqa: S311  # pictures, not secrets
    return changed(pictures, lambda pixel: pixel + chance.gauss(0, 6))


def share(one: list[bytes], other: list[bytes]) -> float:
    """Return the share, which must be one whichever clip is looked for."""
    first, second = hashes(b"".join(one)), hashes(b"".join(other))
    found = Footage(first).share(second)
    assert Footage(second).share(first) == found
    return found


def flipped(hash_: int, bits: int, chance: random.Random) -> bytes:
    """Return a hash that differs in so many bits."""
    for bit in chance.sample(range(64), bits):
        hash_ ^= 1 << bit
    return hash_.to_bytes(8)


def test_hash_tells_where_a_picture_gets_brighter() -> None:
    rows = [bytes(range(0, 90, 10)), bytes(range(90, 0, -10)), bytes([5, 50] * 4 + [5]), bytes(9)] + [bytes(9)] * 4
    assert hashes(b"".join(rows)) == bytes([0b11111111, 0, 0b10101010, 0, 0, 0, 0, 0])


def test_half_a_picture_at_the_end_is_left_out() -> None:
    (one,) = clip(1, 1)
    assert hashes(one + one[:40]) == hashes(one)
    assert hashes(b"") == b""


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(clip(1), id="itself"),
        pytest.param(changed(clip(1), lambda pixel: pixel * 0.8 + 40), id="brighter and paler"),
        pytest.param(changed(clip(1), lambda pixel: 255 * (pixel / 255) ** 0.6), id="gamma"),
        pytest.param(grainy(clip(1)), id="encoded hard"),
        pytest.param(clip(1)[14:], id="seven seconds cut off"),
        pytest.param(clip(2, 20) + clip(1) + clip(3, 20), id="inside a longer clip"),
        pytest.param([bytes(SIZE)] * 30 + clip(1), id="black before"),
    ],
)
def test_same_footage_is_seen_whole(other: list[bytes]) -> None:
    assert share(clip(1), other) > 0.95


def test_share_is_of_the_shorter_clip() -> None:
    assert share(clip(1, 40) + clip(2, 160), clip(1, 40) + clip(3, 40)) == pytest.approx(0.5)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(clip(2), id="other footage"),
        pytest.param([picture[::-1] for picture in clip(1)], id="upside down"),
        pytest.param(clip(1, 12) + clip(2, 48), id="common titles"),
        pytest.param(clip(1)[::-1], id="played backwards"),
    ],
)
def test_other_footage_is_not_alike(other: list[bytes]) -> None:
    assert share(clip(1), other) < ALIKE / 1.5


def test_flat_pictures_count_for_nothing() -> None:
    black, title = grainy([bytes([16]) * SIZE] * 200), [bytes([90 + number % 8 for number in range(SIZE)])] * 200
    assert share([bytes(SIZE)] * 60, [bytes(SIZE)] * 60) == 0
    assert share(title, title) == 0
    assert share(clip(1, 20) + title, clip(2, 20) + title) == 0
    assert share(black[:100] + clip(1, 20), black[100:] + clip(2, 20)) == 0


def test_of_too_few_pictures_nothing_is_concluded() -> None:
    assert share(clip(1, FEWEST - 1), clip(1)) == 0
    assert share(clip(1, FEWEST), clip(1)) == 1
    assert Footage(b"").share(b"") == 0


@pytest.mark.parametrize(("bits", "seen"), [(NEAR, 1.0), (NEAR + 1, 0.0)])
def test_pictures_are_near_up_to_so_many_bits(bits: int, seen: float) -> None:
    chance = random.Random(1)  # noqa: S311  # pictures, not secrets
    values = [chance.getrandbits(64) for _ in range(200)]
    one = b"".join(value.to_bytes(8) for value in values)
    assert Footage(one).share(b"".join(flipped(value, bits, chance) for value in values)) == seen


@pytest.mark.parametrize("scene", [20, 600], ids=["scenes", "one still picture"])
def test_two_thousand_clips_of_five_minutes_are_looked_through_in_seconds(scene: int) -> None:
    chance = random.Random(1)  # noqa: S311  # pictures, not secrets

    def looks() -> bytes:
        still = [chance.getrandbits(64) for _ in range(600 // scene)]
        return b"".join(flipped(still[number // scene], chance.randrange(5), chance) for number in range(600))

    others = [looks() for _ in range(100)]
    footage, began = Footage(looks()), process_time()
    assert [footage.share(other) for other in others] == [0] * 100
    assert (process_time() - began) * 20 < 6
