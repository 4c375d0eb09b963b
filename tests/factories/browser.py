"""A person's browser at one service, and the words they read in it."""

import re
from html import unescape
from importlib import import_module
from typing import Any

from fastapi.testclient import TestClient


class Browser:
    """A browser that somebody may have signed in to; it follows redirects."""

    def __init__(self, service: str, link: str | None = None) -> None:
        self.client = TestClient(import_module(f"services.{service}.app").app)
        if link is not None:
            self.client.post(f"/sign-in/{link}")

    def get(self, path: str, status: int = 200) -> str:
        """Open a page, and return the words on it."""
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        return words(answer.text)

    def post(self, path: str, status: int = 200, **fields: Any) -> str:
        """Send a form, and return the words of the page it leads to."""
        answer = self.client.post(path, data=fields)
        assert answer.status_code == status, answer.text
        return words(answer.text)


def words(page: str) -> str:
    """Return what a page reads, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())
