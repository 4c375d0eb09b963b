"""The office service."""

from pathlib import Path

from services.office.api import ROUTERS
from services.web.factory import create_app

app = create_app("office", "Omsap office", folder=Path(__file__).parent, api=ROUTERS)
