"""The operations service."""

from pathlib import Path

from services.assembly import assemble
from services.operations import api, metrics, pages
from services.web import metrics as process_metrics

app = assemble("operations", "Omsap operations", folder=Path(__file__).parent, api=api.ROUTERS, pages=pages.ROUTERS)
process_metrics.add(metrics.collect)
