"""The public HTTP doors as one person's program uses them: patient with a server that is just being started again."""

from time import monotonic, sleep
from typing import Any

import httpx2

PATIENCE = 90.0
"""Seconds until a server that does not answer is given up."""
PAUSE = 0.3
AWAY = (502, 503, 504)


class NotAsExpected(RuntimeError):
    """A door gave another answer than the story needs."""


class Door:
    """All services behind one address, with one person's token (None: nobody's)."""

    def __init__(self, base_url: str, token: str | None) -> None:
        self.base_url = base_url
        self.token = token
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": "th"} if token else {}
        self._client = httpx2.Client(base_url=base_url, headers=headers, timeout=60, trust_env=False)

    def ask(self, method: str, path: str, *statuses: int, **parts: Any) -> Any:
        """Return the JSON of an answer (None without any) whose status is one of `statuses`, 2xx without. Raises NotAsExpected.

        Asked again while nobody answers, so only for what may be asked twice.
        """
        return document(self.answer(method, path, *statuses, **parts))

    def answer(self, method: str, path: str, *statuses: int, **parts: Any) -> httpx2.Response:
        """Return the answer itself; as `ask`."""
        until = monotonic() + PATIENCE
        while True:
            try:
                found = self.once(method, path, **parts)
                if found.status_code not in AWAY or found.status_code in statuses:
                    return _expected(found, statuses)
                reason = f"answered {found.status_code}"
            except httpx2.TransportError as error:
                reason = f"{type(error).__name__}: {error}"
            if monotonic() > until:
                raise NotAsExpected(f"{method} {path}: {reason}, for {PATIENCE:g} s")
            sleep(PAUSE)

    def once(self, method: str, path: str, **parts: Any) -> httpx2.Response:
        """Ask one time. Raises httpx2.TransportError when nobody answers."""
        return self._client.request(method, path, **parts)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


def document(found: httpx2.Response) -> Any:
    """Return the JSON of an answer, None without any."""
    return found.json() if found.content else None


def _expected(found: httpx2.Response, statuses: tuple[int, ...]) -> httpx2.Response:
    if found.status_code in statuses or (not statuses and found.is_success):
        return found
    asked = f"{found.request.method} {found.request.url.path}"
    raise NotAsExpected(f"{asked} answered {found.status_code}: {found.text[:600]}")
