"""Celery workers: thin tasks that claim a job of the ledger, work, and record the effect."""
