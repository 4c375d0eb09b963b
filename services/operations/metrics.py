"""What a scraper learns of the ledger, beside the requests of the process."""

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from shared import clock
from shared.database import transaction
from shared.queue import queries
from shared.submissions.uploads.finishing import unfinished

MOST = 1000


def collect() -> list[Metric]:
    """Jobs by queue and state, the age of the oldest that waits, and uploads whose bytes are all in but which are not completed."""
    jobs = GaugeMetricFamily("omsap_jobs", "Jobs of the ledger.", labels=["queue", "state"])
    oldest = GaugeMetricFamily("omsap_oldest_job_seconds", "How long the oldest due job has waited.", labels=["queue"])
    uploads = GaugeMetricFamily("omsap_uploads_not_completed", "Uploads whose bytes are all in but which are not completed.")
    with transaction() as session:
        for state in queries.queue_states(session, now=clock.now()):
            jobs.add_metric([state.name, "pending"], state.pending)
            jobs.add_metric([state.name, "running"], state.running)
            jobs.add_metric([state.name, "dead"], state.dead)
            oldest.add_metric([state.name], state.oldest_seconds or 0)
        uploads.add_metric([], len(unfinished(session, limit=MOST)))
    return [jobs, oldest, uploads]
