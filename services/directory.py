"""Which services there are, and which addresses each answers. A new service is one line here, and a folder of its name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    """One HTTP process: `services.<name>.app`, which also answers `/api/<name>`."""

    name: str
    pages: tuple[str, ...]
    """Prefixes of its pages; `/` means all that no other service has."""

    @property
    def prefixes(self) -> tuple[str, ...]:
        """All prefixes it answers."""
        return f"/api/{self.name}", *self.pages


SERVICES = (
    Service("intake", ("/s",)),
    Service("review", ("/review",)),
    Service("operations", ("/operations", "/metrics")),
    Service("office", ("/",)),
)


def service_of(path: str) -> Service:
    """Return the service that answers a path."""
    return next(
        (
            service
            for service in SERVICES
            if any(prefix != "/" and (path == prefix or path.startswith(f"{prefix}/")) for prefix in service.prefixes)
        ),
        next(service for service in SERVICES if "/" in service.pages),
    )
