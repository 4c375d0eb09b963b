"""A group's submission on a server, over HTTP by the group's link: patient while the network or the server is away."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import Any

import httpx2

from shared.errors import Refusal, Unavailable
from shared.people.queries import LinkNotValid
from shared.text import Text

PATIENCE_SECONDS = 600.0
"""So long nothing may go forward before it is given up."""
OPENING_SECONDS = 10.0
"""So long the first contact may take: a mistyped host is told of soon."""
PAUSES = (0.5, 1, 2, 5, 10)
"""Seconds between tries; the last repeats."""
AWAY = (408, 429, 502, 503, 504)
PAGE = "/s/submissions/"
OF_A_STAGE = ("items", "missing", "next_step", "may_submit", "has_changes", "submitted_at", "receipt")
"""Members of a submission that are about the stage that is asked."""
REFUSED = Text("ระบบไม่รับคำขอ (HTTP {status})", "The server refused (HTTP {status}).")
"""Where the server does not say why."""


class NoAnswer(Exception):  # never shown: it is tried again, then said as ServerAway
    """The connection was lost, or the server is not ready to answer."""


class ServerAway(Unavailable):
    """Nothing went forward for too long."""

    th = "ติดต่อ {host} ไม่ได้ ({reason}) ส่วนที่ส่งถึงแล้วยังอยู่ โปรดสั่งคำสั่งเดิมอีกครั้งเพื่อส่งต่อ"
    en = "{host} cannot be reached ({reason}). What has arrived is saved: run the same command again to go on."


class Refused(Refusal):
    """The server said no, in its own words; `problem` is its code for the reason."""

    def __init__(self, answer: httpx2.Response) -> None:
        told = answer.json() if answer.headers.get("content-type") == "application/problem+json" and answer.content else {}
        refused = REFUSED.fill(status=answer.status_code)
        super().__init__(problem=told.get("code"), detail_th=told.get("detail_th", refused.th), detail_en=told.get("detail_en", refused.en))

    def detail(self, language: str) -> str:
        """The server's sentence."""
        return str(self.facts["detail_en" if language == "en" else "detail_th"])


class Patience:
    """Waits between tries. Raises ServerAway when nothing has gone forward for `seconds`."""

    def __init__(self, host: str, lost: Callable[[], None], *, seconds: float) -> None:
        self._host, self._lost, self._seconds = host, lost, seconds
        self.renew()

    def renew(self) -> None:
        """Something went forward: begin anew."""
        self._since, self._tries = monotonic(), 0

    def wait(self, reason: object) -> None:
        """Wait until it is worth another try."""
        if monotonic() - self._since > self._seconds:
            raise ServerAway(host=self._host, reason=str(reason))
        self._lost()
        sleep(PAUSES[min(self._tries, len(PAUSES) - 1)])
        self._tries += 1


class Server:
    """The server of a link, as the holder of the link's token; `lost` is called whenever it has to be tried again.

    `stage` is the key of the stage that is filed; None: the only one that is open.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        stage: str | None = None,
        lost: Callable[[], None] = lambda: None,
        opening_seconds: float = OPENING_SECONDS,
    ) -> None:
        self.stage = stage
        self._lost, self._seconds = lost, opening_seconds
        self._client = httpx2.Client(base_url=base_url, headers={"Authorization": f"Bearer {token}"}, timeout=60)
        self._id = self._submission_id(token)
        self._seconds = PATIENCE_SECONDS

    @property
    def submission_id(self) -> str:
        """The submission that the link opens."""
        return self._id

    @property
    def page(self) -> str:
        """The address of the submission's page."""
        return str(self._client.base_url.join(f"{PAGE}{self._id}"))

    def submission(self) -> dict[str, Any]:
        """Return the submission as it stands, with what its stage asks. Raises Refused, ServerAway."""
        submission = self._json(self.ask("GET", f"/api/intake/submissions/{self._id}"))
        if self.stage is None or self.stage == submission["stage"]:
            return submission
        asked = self._json(self.ask("GET", f"/api/intake/submissions/{self._id}/stages/{self.stage}"))
        return {**submission, **{name: asked[name] for name in OF_A_STAGE}, "stage": self.stage}

    def hand_in(self) -> dict[str, Any]:
        """Hand the submission in and return it; an answer that was lost is not mistaken for a refusal. Raises Refused, ServerAway."""
        patience, before = self.patience(), self.submission()
        while True:
            try:
                self.once("POST", f"/api/intake/submissions/{self._id}" + (f"/stages/{self.stage}" if self.stage else "") + "/submit")
                return self.submission()
            except NoAnswer as reason:
                patience.wait(reason)
                now = self.submission()
                if now["submitted_at"] != before["submitted_at"]:
                    return now

    def patience(self) -> Patience:
        """Return a new patience with this server."""
        return Patience(self._client.base_url.host, self._lost, seconds=self._seconds)

    def ask(self, method: str, path: str, **parts: Any) -> httpx2.Response:
        """Ask until there is an answer, so only for what may be asked twice. Raises Refused, ServerAway."""
        patience = self.patience()
        while True:
            try:
                return self.once(method, path, **parts)
            except NoAnswer as reason:
                patience.wait(reason)

    def once(self, method: str, path: str, **parts: Any) -> httpx2.Response:
        """Ask one time. Raises NoAnswer, Refused."""
        try:
            answer = self._client.request(method, path, **parts)
        except httpx2.TransportError as error:
            raise NoAnswer(f"{type(error).__name__}: {error}") from error
        if answer.status_code in AWAY:
            raise NoAnswer(f"HTTP {answer.status_code}")
        if answer.is_error:
            raise Refused(answer)
        return answer

    def _submission_id(self, token: str) -> str:
        """Open the link as a browser does: the server leads to the page of its submission. Raises LinkNotValid."""
        try:
            address = self.ask("GET", f"/s/{token}").headers.get("location", "")
        except Refused as refused:
            raise LinkNotValid from refused
        if PAGE not in address:
            raise LinkNotValid
        return str(address.rpartition("/")[2])

    @staticmethod
    def _json(answer: httpx2.Response) -> dict[str, Any]:
        document: dict[str, Any] = answer.json()
        return document
