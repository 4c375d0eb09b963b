"""The operations service."""

from pathlib import Path

from services.operations import api, metrics, pages
from services.web import metrics as process_metrics
from services.web.factory import create_app

app = create_app("operations", "Omsap operations", folder=Path(__file__).parent, api=api.ROUTERS, pages=pages.ROUTERS)
process_metrics.add(metrics.collect)
