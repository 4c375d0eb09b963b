"""The memory of upload connections: counted, bounded, and given to the next request only with the very bytes it expects."""

import asyncio
import os
from uuid import uuid4

import pytest

from services.intake.tus import memory
from services.intake.tus.memory import MemoryBudget, PartBuffer, TooManyUploads

PART = 1_000_000


@pytest.fixture
def budget() -> MemoryBudget:
    return MemoryBudget(limit_bytes=PART, most_connections=2)


def filled(budget: MemoryBudget, size: int) -> PartBuffer:
    buffer = PartBuffer(PART, budget)
    buffer.append(memoryview(os.urandom(size)))
    return buffer


def test_buffer_holds_what_was_appended_in_pieces_and_again_after_a_part(budget: MemoryBudget) -> None:
    content, buffer = os.urandom(PART), PartBuffer(PART, budget)
    for _ in range(2):
        for at in range(0, PART, 70_001):
            buffer.append(memoryview(content)[at : at + 70_001])
        assert buffer.trimmed() == content
        buffer.rewind()
    buffer.append(memoryview(b"short"))
    assert buffer.trimmed() == b"short"


def test_buffer_rewound_holds_no_byte_of_the_earlier_part(budget: MemoryBudget) -> None:
    buffer = filled(budget, 100)
    buffer.rewind()
    buffer.append(memoryview(b"a" * 60))
    buffer.append(memoryview(b"b" * 60))
    assert buffer.trimmed() == b"a" * 60 + b"b" * 60


def test_memory_is_counted_until_it_is_freed(budget: MemoryBudget) -> None:
    buffers = [filled(budget, 300_000) for _ in range(3)]
    assert (budget.used_bytes, budget.is_exceeded()) == (900_000, False)
    buffers.append(filled(budget, 300_000))
    assert (budget.used_bytes, budget.is_exceeded()) == (1_200_000, True)
    buffers[0].rewind()
    assert budget.used_bytes == 1_200_000, "memory that is used again is still in use"
    buffers[0].append(memoryview(b"x"))
    buffers[0].trimmed()
    assert budget.used_bytes == 900_001
    for buffer in buffers:
        buffer.free()
    assert (budget.used_bytes, budget.is_exceeded()) == (0, False)


def test_connections_beyond_the_limit_are_refused_until_one_ends(budget: MemoryBudget) -> None:
    with budget.connection():
        with budget.connection(), pytest.raises(TooManyUploads), budget.connection():
            raise AssertionError("served")
        with budget.connection():
            assert budget.connections == 2
    assert budget.connections == 0


def test_connection_that_fails_is_counted_no_more(budget: MemoryBudget) -> None:
    with pytest.raises(OSError, match="gone"), budget.connection():
        raise OSError("gone")
    assert budget.connections == 0


def test_parked_buffer_is_given_only_to_who_expects_its_bytes(budget: MemoryBudget) -> None:
    async def play() -> None:
        upload, buffer = uuid4(), filled(budget, 10)
        budget.park(upload, b"state", buffer)
        assert budget.unpark(uuid4(), b"state") is None
        assert budget.unpark(upload, b"state") is buffer
        assert budget.unpark(upload, b"state") is None, "given once"
        for other in (b"another writer's", None):
            budget.park(upload, b"state", buffer)
            assert budget.unpark(upload, other) is None
        assert budget.used_bytes == 0

    asyncio.run(play())


def test_parked_buffers_make_room_the_longest_parked_first(budget: MemoryBudget) -> None:
    async def play() -> None:
        uploads = [uuid4() for _ in range(3)]
        for upload in uploads:
            budget.park(upload, b"state", filled(budget, 400_000))
        assert budget.used_bytes == 800_000
        filled(budget, 500_000)
        assert (budget.is_exceeded(), budget.used_bytes) == (False, 900_000)
        assert [budget.unpark(upload, b"state") is None for upload in uploads] == [True, True, False]

    asyncio.run(play())


def test_parked_buffer_expires(budget: MemoryBudget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "PARKED_SECONDS", 0.01)

    async def play() -> None:
        upload, later = uuid4(), filled(budget, 20)
        budget.park(upload, b"state", filled(budget, 10))
        await asyncio.sleep(0.1)
        assert budget.used_bytes == 20
        budget.park(upload, b"state", later)
        assert budget.unpark(upload, b"state") is later

    asyncio.run(play())
