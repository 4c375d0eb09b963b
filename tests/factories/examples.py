"""The programmes that are shipped as examples, as text."""

import re
from pathlib import Path

import deploy.demo

FOLDER = Path(deploy.demo.__file__).parent


def renamed(name: str) -> str:
    """An example in which every key of a stage, level, item, question and committee is another."""
    # Where a key is written as one: after `key:`, in a condition, a list of what is read, `of`, or a route.
    text = re.sub(r"\bkey: ([a-z_]+)", r"key: zq_\1", (FOLDER / name).read_text(encoding="utf-8"))
    text = re.sub(r"for: \{([a-z_]+): \[([a-z_]+), ([a-z_]+)\]\}", r"for: {zq_\1: [zq_\2, zq_\3]}", text)
    text = text.replace("for: {screening: shortlisted}", "for: {zq_screening: shortlisted}")
    text = re.sub(r"reads: \[plan\]", "reads: [zq_plan]", text).replace("of: selection", "of: zq_selection")
    return text.replace("- committee: central", "- committee: zq_central")
