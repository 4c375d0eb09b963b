"""All that Python parts of the stack need, imported once by the process they are forked from, which ends with its supervisor."""

import gc
import signal
from importlib import import_module

from deploy.local.processes import belong

belong(signal.SIGTERM)
for module in ("services.allinone", "services.cli.main", "shared.database.migrate", "workers.main"):
    import_module(module)
gc.collect()
gc.freeze()
