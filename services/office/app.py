"""The office service."""

from pathlib import Path

from services.assembly import assemble
from services.office import api, pages
from services.pages import TEMPLATES

app = assemble("office", "Omsap office", folder=Path(__file__).parent, api=api.ROUTERS, pages=pages.ROUTERS, components=(TEMPLATES,))
