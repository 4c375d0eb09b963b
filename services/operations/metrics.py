"""What a scraper learns of the ledger, beside the requests of the process."""

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from shared import clock
from shared.database import transaction
from shared.queue import queries
from shared.submissions.uploads import counting
from shared.submissions.uploads.finishing import unfinished

MOST = 1000


def collect() -> list[Metric]:
    """Jobs by queue and state, the age of the oldest that waits, and uploads whose bytes are all in but which are not completed."""
    jobs = GaugeMetricFamily("omsap_jobs", "Jobs of the ledger.", labels=["queue", "state"])
    oldest = GaugeMetricFamily("omsap_oldest_job_seconds", "How long the oldest due job has waited.", labels=["queue"])
    uploads = GaugeMetricFamily("omsap_uploads_not_completed", "Uploads whose bytes are all in but which are not completed.")
    on_their_way = GaugeMetricFamily("omsap_uploads_unfinished", "Uploads that were begun and have not arrived.")
    durable = GaugeMetricFamily("omsap_uploads_unfinished_bytes", "What has arrived of them.")
    to_free = GaugeMetricFamily("omsap_uploads_to_free", "Uploads that ended and still hold parts in the store.")
    weak = GaugeMetricFamily("omsap_workers_with_weak_sandbox", "Living workers that open files without a whole sandbox.")
    with transaction() as session:
        for state in queries.queue_states(session, now=clock.now()):
            jobs.add_metric([state.name, "pending"], state.pending)
            jobs.add_metric([state.name, "running"], state.running)
            jobs.add_metric([state.name, "dead"], state.dead)
            oldest.add_metric([state.name], state.oldest_seconds or 0)
        uploads.add_metric([], len(unfinished(session, limit=MOST)))
        counted = counting.unfinished(session)
        weak.add_metric([], len(queries.with_weak_sandbox(session, now=clock.now())))
    on_their_way.add_metric([], counted.uploads)
    durable.add_metric([], counted.durable_bytes)
    to_free.add_metric([], counted.to_free)
    return [jobs, oldest, uploads, on_their_way, durable, to_free, weak]
