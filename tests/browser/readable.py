"""What everybody needs of a page: held against axe, and against what axe does not see."""

from itertools import pairwise

from axe_playwright_python.sync_playwright import Axe
from browser.browser import overflows
from playwright.sync_api import Page

TARGET = 44
"""Pixels of a finger."""
TARGETS = """() => [...document.querySelectorAll('button, summary, .btn, .form-control, .change')]
    .filter(one => one.checkVisibility()).map(one => [one.innerText || one.id, one.getBoundingClientRect().height])"""
HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3')].map(one => Number(one.tagName[1]))"
UNNAMED = """() => [...document.querySelectorAll('input, button, summary, a')].filter(one => one.checkVisibility()
    && !(one.innerText.trim() || one.labels?.length || one.ariaLabel || one.querySelector('img[alt]:not([alt=""])')))
    .map(one => one.outerHTML)"""


def is_readable(shown: Page) -> None:
    """Hold a page against what everybody needs: axe, headings in order, names, targets for fingers, no sideways scrolling."""
    found = Axe().run(shown)
    grave = [
        (one["id"], [node["html"] for node in one["nodes"]])
        for one in found.response["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert grave == []
    levels = shown.evaluate(HEADINGS)
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    assert shown.evaluate(UNNAMED) == []
    assert [(name, height) for name, height in shown.evaluate(TARGETS) if height < TARGET - 0.5] == []
    assert not overflows(shown)
