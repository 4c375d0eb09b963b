"""The review service."""

from pathlib import Path

from services.assembly import assemble
from services.pages import TEMPLATES
from services.review import api, pages

app = assemble("review", "Omsap review", folder=Path(__file__).parent, api=api.ROUTERS, pages=pages.ROUTERS, components=(TEMPLATES,))
