"""What measurements stand on: servers of their own, and one way to print rates side by side."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from conftest import forget_settings
from rich.console import Console
from rich.table import Table

from deploy.local.background import BackgroundStack
from shared import logs
from shared.database import session


@contextmanager
def servers() -> Iterator[None]:
    """Start PostgreSQL, Redis and S3 alone, with the settings of this process pointing at them."""
    with tempfile.TemporaryDirectory() as folder:
        running = BackgroundStack(Path(folder), servers=True)
        try:
            os.environ.update(running.description["environment"] | {"OMSAP_LOG_LEVEL": "WARNING"})
            forget_settings()
            logs.configure()
            yield
        finally:
            session.engine().dispose()
            running.discard()


def show(title: str, unit: str, rates: Mapping[str, int]) -> None:
    """Print what each way reached."""
    table = Table(title=title)
    table.add_column("way")
    table.add_column(unit, justify="right")
    for way, rate in rates.items():
        table.add_row(way, str(rate))
    Console().print(table)
