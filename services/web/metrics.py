"""What a scraper may ask of a process: requests by route and status, and what services add."""

from collections.abc import Callable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import Metric
from starlette.responses import Response

registry = CollectorRegistry()
_requests = Counter("omsap_http_requests_total", "Requests answered.", ["method", "route", "status"], registry=registry)
_seconds = Histogram("omsap_http_request_seconds", "Time to answer, uploads included.", ["method", "route"], registry=registry)

Collect = Callable[[], list[Metric]]


class _Collected:
    def __init__(self, collect: Collect) -> None:
        self._collect = collect

    def collect(self) -> list[Metric]:
        return self._collect()


def add(collect: Collect) -> None:
    """Have `collect` asked at each scrape."""
    registry.register(_Collected(collect))


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request under its route's template, never under its path."""
    _requests.labels(method, route, str(status)).inc()
    _seconds.labels(method, route).observe(seconds)


def answer() -> Response:
    """The metrics of this process in Prometheus' text format."""
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
