"""What the system asks of a store, asked of two S3 servers: the embedded one and moto."""

import hashlib
import os
from collections.abc import Iterator
from typing import Any

import pytest
from moto.server import ThreadedMotoServer

from shared.settings import Settings, settings
from shared.storage import ObjectMissing, S3Store, StoreUnavailable

MIB = 1024 * 1024


@pytest.fixture(params=["embedded", "moto"])
def store(request: pytest.FixtureRequest, stack: dict[str, Any]) -> Iterator[S3Store]:
    if request.param == "embedded":
        yield S3Store(settings())
        return
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    configuration = settings().model_copy(update={"s3_endpoint": f"http://{host}:{port}"})
    store = S3Store(configuration)
    store._client.create_bucket(Bucket=configuration.s3_bucket)
    yield store
    server.stop()


def read(store: S3Store, key: str, **where: int) -> bytes:
    return b"".join(store.read(key, **where))


def test_object_comes_back_whole_and_in_ranges(store: S3Store) -> None:
    content = os.urandom(3 * MIB + 17)
    store.put("a/whole", bytearray(content))
    assert store.size("a/whole") == len(content)
    assert read(store, "a/whole") == content
    assert read(store, "a/whole", start=MIB, length=5) == content[MIB : MIB + 5]
    assert read(store, "a/whole", start=3 * MIB) == content[3 * MIB :]


def test_parts_become_the_object_and_completing_again_is_right(store: S3Store) -> None:
    content = os.urandom(11 * MIB)
    multipart = store.begin("a/parts")
    parts = [store.put_part("a/parts", multipart, number + 1, content[number * 5 * MIB : (number + 1) * 5 * MIB]) for number in range(3)]
    store.complete("a/parts", multipart, parts)
    store.complete("a/parts", multipart, parts)
    assert hashlib.sha256(read(store, "a/parts")).digest() == hashlib.sha256(content).digest()


def test_part_sent_twice_counts_once(store: S3Store) -> None:
    multipart = store.begin("a/twice")
    store.put_part("a/twice", multipart, 1, b"y" * 5 * MIB)
    first = store.put_part("a/twice", multipart, 1, b"y" * 5 * MIB)
    last = store.put_part("a/twice", multipart, 2, b"z")
    store.complete("a/twice", multipart, [first, last])
    assert read(store, "a/twice") == b"y" * 5 * MIB + b"z"


def test_completing_what_was_aborted_is_not_believed(store: S3Store) -> None:
    multipart = store.begin("a/aborted")
    part = store.put_part("a/aborted", multipart, 1, b"x")
    store.abort("a/aborted", multipart)
    store.abort("a/aborted", multipart)
    with pytest.raises(StoreUnavailable):
        store.complete("a/aborted", multipart, [part])


def test_missing_object(store: S3Store) -> None:
    with pytest.raises(ObjectMissing):
        store.size("a/nothing")
    with pytest.raises(ObjectMissing):
        next(store.read("a/nothing"))
    store.delete("a/nothing")


def test_store_that_does_not_answer_is_unavailable() -> None:
    nowhere = Settings(
        secret_key="x" * 32, database_url="-", broker_url="-", s3_endpoint="http://127.0.0.1:9", s3_access_key="a", s3_secret_key="b"
    )
    with pytest.raises(StoreUnavailable):
        S3Store(nowhere).ready()
