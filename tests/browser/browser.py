"""Chromium as people hold it: a phone or a desk, in Thai."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=900)
CHROMIUM = shutil.which("chromium") or "chromium"  # which `make test` installs
OFFLINE = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")
"""It asks nobody but the pages it is sent to; and as root it has no sandbox of its own."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OFFLINE))
        yield browser
        browser.close()


def page(browser: Browser, size: ViewportSize, **options: Any) -> Page:
    """Open a page of its own, without cookies of others."""
    return browser.new_context(viewport=size, locale="th-TH", timezone_id="Asia/Bangkok", **options).new_page()


def overflows(page: Page) -> bool:
    """Say whether the page is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
