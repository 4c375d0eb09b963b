"""The doorbell: a broker that is away costs a person a moment, and nobody's work."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from time import monotonic

import pytest
from factories.jobs import job, put, rung, tried
from kombu import pools
from pydantic import SecretStr

from shared import clock
from shared.database import new_id, transaction
from shared.queue import client, kinds, ledger
from shared.queue.ledger import NewJob
from shared.queue.lifecycle import JobState
from shared.queue.sweep import sweep
from shared.settings import settings

A_MOMENT = 4.0


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that takes connections and never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


@pytest.fixture
def broker_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Changes of the broker's address, undone after the test."""
    client.application.cache_clear()
    yield monkeypatch
    client.application.cache_clear()


def test_job_is_kept_when_nothing_listens_at_the_brokers_address(broker_at: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        broker_at.setattr(settings(), "broker_url", SecretStr(f"redis://127.0.0.1:{taken.getsockname()[1]}/0"))
        began = monotonic()
        ids = [put() for _ in range(5)]
    assert monotonic() - began < A_MOMENT
    assert {job(id_).state for id_ in ids} == {JobState.PENDING}
    assert tried(ids[0]) is not None


def test_broker_that_hangs_is_waited_for_once_and_not_once_a_job(broker_at: pytest.MonkeyPatch, silent_port: int) -> None:
    broker_at.setattr(settings(), "broker_url", SecretStr(f"redis://127.0.0.1:{silent_port}/0"))
    began = monotonic()
    ids = [put() for _ in range(5)]
    assert monotonic() - began < A_MOMENT
    assert {job(id_).state for id_ in ids} == {JobState.PENDING}


def test_bell_is_heard_again_once_the_broker_is_back(broker_at: pytest.MonkeyPatch) -> None:
    good = settings().broker_url
    broker_at.setattr(settings(), "broker_url", SecretStr("redis://127.0.0.1:1/0"))
    put()
    client.application.cache_clear()
    broker_at.setattr(settings(), "broker_url", good)
    heard = put()
    assert rung() == [heard]


def test_forked_process_rings_over_a_connection_of_its_own(clean: None) -> None:
    put()
    parents = list(pools.producers.values())
    assert parents
    client.leave_parents_connections()
    put()
    assert not any(ours is theirs for ours in pools.producers.values() for theirs in parents)


@pytest.mark.usefixtures("clean")
def test_of_a_great_many_jobs_the_broker_is_told_of_some_and_the_sweep_of_the_rest() -> None:
    many = [NewJob(kinds.NOTIFY, new_id(), "1") for _ in range(ledger.RUNG_AT_ONCE + 20)]
    rung()
    with transaction() as session:
        ledger.add_all(session, many, now=clock.now())
    first = rung()
    with transaction() as session:
        sweep(session, now=clock.now(), ring_again=timedelta(seconds=30))
    then = rung()
    assert (len(first), len(then), len({*first, *then})) == (ledger.RUNG_AT_ONCE, 20, len(many))
    assert all(tried(id_) for id_ in (first[-1], then[-1]))
