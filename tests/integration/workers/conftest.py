"""Workers' own disk."""

from pathlib import Path
from typing import Any

import pytest

from shared.settings import settings


@pytest.fixture
def scratch(stack: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A disk that nobody else writes to."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(settings(), "scratch", folder)
    return folder
