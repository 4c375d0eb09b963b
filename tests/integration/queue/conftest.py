"""A broker that has been told nothing yet."""

from collections.abc import Iterator

import pytest
from redis import Redis

from shared.settings import settings


@pytest.fixture(autouse=True)
def broker(clean: None) -> Iterator[Redis]:
    """The broker, empty."""
    with Redis.from_url(settings().broker_url.get_secret_value()) as redis:
        redis.flushdb()
        yield redis
