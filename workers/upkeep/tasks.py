"""Tasks of the queue `upkeep`: one module each, imported to be registered."""

from workers.upkeep import check_invariants, expire_assignments, expire_uploads, finish_uploads, open_stages, purge_jobs, remind_groups

__all__ = ["check_invariants", "expire_assignments", "expire_uploads", "finish_uploads", "open_stages", "purge_jobs", "remind_groups"]
