"""The intake service."""

from pathlib import Path

from services.intake.api import ROUTERS
from services.web.factory import create_app

app = create_app("intake", "Omsap intake", folder=Path(__file__).parent, api=ROUTERS)
