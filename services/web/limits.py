"""Rate limits: requests are counted in Redis for all processes together, in sliding windows.

Counts are a protection, not a promise: without Redis each process counts for itself, and while Redis does not answer nobody is limited.
"""

from functools import cache
from math import ceil
from time import time

import structlog
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from redis import ConnectionPool
from redis.exceptions import RedisError
from starlette.requests import Request

from shared.errors import TooMany
from shared.settings import settings

log = structlog.get_logger(__name__)

REDIS_SECONDS = 1
"""Time limit of one count; after it the request is let through."""


class AskedTooOften(TooMany):
    """There were more requests than a limit of this installation allows."""


def count(name: str, limit: str, who: str) -> None:
    """Count one request called `name`, made by `who`, against a limit such as `60/minute`. Raises AskedTooOften above it."""
    item = _parsed(limit)
    try:
        if _limiter().hit(item, name, who):
            return
        again = _limiter().get_window_stats(item, name, who).reset_time
    except RedisError as error:
        log.warning("limit_not_counted", name=name, error=str(error))
        return
    raise AskedTooOften(retry_seconds=max(1, ceil(again - time())), limit=limit)


def address_of(request: Request) -> str:
    """Return the IP address of the client, as the proxy in front reports it."""
    return request.client.host if request.client else "-"


@cache
def _parsed(limit: str) -> RateLimitItem:
    return parse(limit)


@cache
def _limiter() -> SlidingWindowCounterRateLimiter:
    url = settings().broker_url.get_secret_value()
    if not url.startswith("redis"):
        return SlidingWindowCounterRateLimiter(MemoryStorage())
    pool = ConnectionPool.from_url(url, socket_connect_timeout=REDIS_SECONDS, socket_timeout=REDIS_SECONDS)
    return SlidingWindowCounterRateLimiter(RedisStorage(url, connection_pool=pool, key_prefix="omsap:limits"))
