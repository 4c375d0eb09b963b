"""Uploads that were not finished in their time are given up, and what ended uploads held in the store is given back."""

import structlog

from shared import clock
from shared.database import transaction
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.storage import StoreUnavailable, store
from shared.submissions.uploads import finishing
from workers.base import task

log = structlog.get_logger(__name__)

BATCH = 500


@task(kinds.EXPIRE_UPLOADS)
def expire_uploads(work: Work) -> None:
    """Give up what has expired, a batch a transaction; then free what is left of ended uploads."""
    expired = BATCH
    while expired == BATCH:
        with transaction() as session:
            expired = finishing.expire(session, now=clock.now(), limit=BATCH)
    with transaction() as session:
        ended = finishing.to_free(session, limit=BATCH)
    for upload in ended:
        try:
            finishing.free(store(), upload)
        except StoreUnavailable as error:
            log.warning("upload_not_freed", upload=str(upload.id), error=str(error))
