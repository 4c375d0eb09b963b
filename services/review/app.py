"""The review service."""

from pathlib import Path

from services.review import api, pages
from services.web.factory import create_app

app = create_app("review", "Omsap review", folder=Path(__file__).parent, api=api.ROUTERS, pages=pages.ROUTERS)
