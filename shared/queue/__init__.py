"""Background work: the names of jobs and queues, the ledger that holds them, the broker that is told."""
