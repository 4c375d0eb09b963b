"""The operations service."""

from pathlib import Path

from services.web.factory import create_app

app = create_app("operations", "Omsap operations", folder=Path(__file__).parent)
