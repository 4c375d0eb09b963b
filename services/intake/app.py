"""The intake service."""

from pathlib import Path

from services.assembly import assemble
from services.intake import api, pages
from services.intake.cors import Cors
from services.intake.tus.server import UploadServer
from services.intake.watching import OpenPages
from shared.settings import settings

app = assemble("intake", "Omsap intake", folder=Path(__file__).parent, api=api.ROUTERS, pages=pages.ROUTERS)
app.state.upload_server = UploadServer.of(settings())
app.state.open_pages = OpenPages()
app.add_middleware(Cors)
