"""Uploads whose bytes are all in but whose object is not made, because the store or the process failed at that moment, are finished."""

from datetime import timedelta
from functools import partial

import structlog

from shared import clock
from shared.database import transaction
from shared.errors import Refusal
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.settings import settings
from shared.storage import store
from shared.submissions.uploads import finishing
from workers.base import task

log = structlog.get_logger(__name__)

BATCH = 500


@task(kinds.FINISH_UPLOADS)
def finish_uploads(work: Work) -> None:
    """Finish them, each on its own: one that fails is tried again in the next period and does not hold up the others."""
    with transaction() as session:
        waiting = finishing.unfinished(session, limit=BATCH)
    finish = partial(finishing.redrive, store(), lease=timedelta(seconds=settings().upload_lease_seconds))
    for upload_id in waiting:
        try:
            finish(upload_id, now=clock.now())
        except Refusal as refusal:
            log.warning("upload_not_finished", upload=str(upload_id), error=str(refusal))
