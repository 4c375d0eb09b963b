"""The embedded stack of one machine: PostgreSQL, Redis, an S3 server and a mail catcher as child processes, no root and no Docker."""
