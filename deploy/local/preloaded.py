"""All that Python parts of the stack need, imported once by the process they are forked from, which ends with its supervisor."""

import gc
import signal

import workers.main  # noqa: F401  # imported to be there
from deploy.local.processes import belong

belong(signal.SIGTERM)
gc.collect()
gc.freeze()
