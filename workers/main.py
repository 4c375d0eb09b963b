"""The Celery application: `celery -A workers.main:app worker -Q <queue>`; queues, limits and routes are data in `shared.queue.kinds`."""

from typing import Any

from celery.signals import setup_logging, worker_process_init, worker_ready, worker_shutdown

import workers.awards.tasks
import workers.documents.tasks
import workers.media.tasks
import workers.notification.tasks
import workers.routing.tasks
import workers.transcoding.tasks
import workers.upkeep.tasks
import workers.validation.tasks  # noqa: F401  # imported to be registered
from shared import flow, sandbox
from shared.database import engine
from shared.logs import configure
from shared.notifications import channels
from shared.queue import client
from shared.queue.kinds import OPENING_FILES
from shared.queue.sweep import Sweeper

flow.install()
channels.check_settings()  # a worker that could not send mail says so as it starts
app = client.application()


@setup_logging.connect  # type: ignore[untyped-decorator]
def _set_up_logging(**_: Any) -> None:
    configure()


@worker_process_init.connect  # type: ignore[untyped-decorator]
def _leave_parents_connections(**_: Any) -> None:
    """A forked child must not talk over its parent's connections to database and broker."""
    engine().dispose(close=False)
    client.leave_parents_connections()


@worker_ready.connect  # type: ignore[untyped-decorator]
def _start_sweeper(sender: Any, **_: Any) -> None:
    queues = {queue.name for queue in sender.task_consumer.queues}
    # Operators look at web processes, which may run on other machines: what this one's sandbox is like goes to them with its heartbeat.
    weak = not queues.isdisjoint(OPENING_FILES) and not sandbox.status().whole
    sweeper = Sweeper(",".join(sorted(queues)), sandbox_is_weak=weak)
    sweeper.start()
    # Not worker_shutting_down: that one is told inside a signal handler, which may come again while it holds the lock of the event.
    worker_shutdown.connect(lambda **_: sweeper.stop(), weak=False)
