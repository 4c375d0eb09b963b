"""The office service."""

from pathlib import Path

from services.office import api, pages
from services.web.factory import create_app

app = create_app("office", "Omsap office", folder=Path(__file__).parent, api=api.ROUTERS, pages=pages.ROUTERS)
