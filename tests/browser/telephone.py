"""A villager's telephone: one bar of signal that comes and goes, and a note of what the page asks of the server."""

import hashlib
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx2
from browser.browser import PHONE, page
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

WEAK_KBIT = 400
UPLOADS = "**/api/intake/uploads**"
ARRIVED_MS = 60_000


class Telephone:
    """The page of one group, opened by its link, with one item's task open; closed like a tab that the system ends."""

    def __init__(
        self, browser: Browser, group: dict[str, Any], kind: str = "clip", *, kbit: int | None = WEAK_KBIT, **options: Any
    ) -> None:
        self.group = group
        self.page: Page = page(browser, PHONE, **options)
        self.asked: list[tuple[str, int | None]] = []
        """Requests of the tus protocol, in order: method, and the offset of a PATCH."""
        self.page.on("request", self._note)
        self.page.goto(group["link"])
        self.open(kind)
        self._network = self.page.context.new_cdp_session(self.page)
        self._network.send("Network.enable")
        if kbit is not None:
            self.signal(kbit)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _note(self, request: Request) -> None:
        if "/api/intake/uploads" in request.url:
            offset = request.headers.get("upload-offset")
            self.asked.append((request.method, int(offset) if offset is not None else None))

    def count(self, method: str) -> int:
        """Return how many requests of a method the page has made to the uploads."""
        return sum(1 for asked, _ in self.asked if asked == method)

    def open(self, kind: str) -> Locator:
        """Open one item's task, and return its form."""
        self.page.locator(f"#task-{kind}").evaluate("task => { task.open = true; }")
        return self.form(kind)

    def form(self, kind: str = "clip") -> Locator:
        """The form of one item."""
        return self.page.locator(f'form[data-kind="{kind}"]')

    def choose(self, file: Path, kind: str = "clip") -> None:
        """Choose a file."""
        self.page.set_input_files(f"#file-{kind}", str(file))

    def press(self, name: str, kind: str = "clip") -> None:
        """Press a button of the form."""
        self.form(kind).get_by_role("button", name=name, exact=True).click()

    def send(self, file: Path, kind: str = "clip") -> None:
        """Choose a file and press the button."""
        self.choose(file, kind)
        self.press("ส่งไฟล์นี้", kind)

    def shows(self, words: str, kind: str = "clip", *, within_ms: int = ARRIVED_MS) -> None:
        """Wait until the form says so."""
        expect(self.form(kind)).to_contain_text(words, timeout=within_ms)

    def gone(self, size: int, kind: str = "clip") -> int:
        """Return how many bytes have left the telephone, as its bar shows."""
        share: float = self.form(kind).locator("progress").evaluate("bar => bar.value")
        return round(share * size)

    def sends_beyond(self, size: int, share: float, kind: str = "clip") -> None:
        """Wait until so much of a file has left the telephone."""
        bar = self.form(kind).locator("progress")
        bar.wait_for()
        self.page.wait_for_function("([bar, share]) => bar.value > share", arg=[bar.element_handle(), share], timeout=ARRIVED_MS)
        assert self.gone(size, kind) < size

    def signal(self, kbit: int, *, offline: bool = False) -> None:
        """Have a signal of so many kbit/s both ways, or none."""
        rate = {"downloadThroughput": kbit * 125, "uploadThroughput": kbit * 125}
        self._network.send("Network.emulateNetworkConditions", {"offline": offline, "latency": 60, **rate})

    def lose_signal(self) -> None:
        """Stand in a valley."""
        self.signal(WEAK_KBIT, offline=True)

    def away(self, route: Any) -> None:
        """Have every request to the uploads end as `route` says."""
        self.page.route(UPLOADS, route)

    def back(self) -> None:
        """Have the server answer again."""
        self.page.unroute_all(behavior="ignoreErrors")

    def close(self) -> None:
        """End the tab at once; nothing of it is kept."""
        self.page.context.close()


def nobody_answers(route: Route) -> None:
    """A server that is away."""
    route.abort("connectionrefused")


def uploads_of(group: dict[str, Any], kind: str = "clip") -> list[dict[str, Any]]:
    """Return an item's uploads as the server has them."""
    base = group["link"].split("/s/")[0]
    headers = {"Authorization": f"Bearer {group['token']}"}
    items = httpx2.get(f"{base}/api/intake/submissions/{group['submission']}", headers=headers).raise_for_status().json()["items"]
    found: list[dict[str, Any]] = next(item["uploads"] for item in items if item["kind"] == kind)
    return found


def delete(group: dict[str, Any], upload: dict[str, Any]) -> None:
    """Give an upload up from elsewhere."""
    base = group["link"].split("/s/")[0]
    headers = {"Authorization": f"Bearer {group['token']}", "Tus-Resumable": "1.0.0"}
    httpx2.delete(f"{base}/api/intake/uploads/{upload['id']}", headers=headers).raise_for_status()


def is_the_same(upload: dict[str, Any], file: Path) -> bool:
    """Say whether an upload has arrived and is the file, by its SHA-256."""
    return bool(upload["state"] != "receiving" and upload["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest())
