"""The intake service."""

from pathlib import Path

from services.intake import api, pages
from services.intake.cors import Cors
from services.web.factory import create_app

app = create_app("intake", "Omsap intake", folder=Path(__file__).parent, api=api.ROUTERS, pages=pages.ROUTERS)
app.add_middleware(Cors)
