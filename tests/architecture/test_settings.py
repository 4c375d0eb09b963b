"""Settings are read at the edges: the domain is given what it needs."""

import ast
from pathlib import Path

SHARED = Path(__file__).parents[2] / "shared"
INFRASTRUCTURE = ("database", "storage", "queue", "sandbox", "tools", "logs", "notifications/channels", "settings")
"""Rooms of `shared` that speak to something outside of the process, whose address and limits are settings."""


def read_settings(path: Path) -> bool:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    modules = [node.module for node in nodes if isinstance(node, ast.ImportFrom)]
    names = [f"{node.module}.{alias.name}" for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names]
    names += [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return "shared.settings" in {*modules, *names}


def test_domain_reads_no_settings() -> None:
    reading = [path.relative_to(SHARED).with_suffix("").as_posix() for path in sorted(SHARED.rglob("*.py")) if read_settings(path)]
    assert [name for name in reading if not f"{name}/".startswith(tuple(f"{room}/" for room in INFRASTRUCTURE))] == []
    assert "database/session" in reading
