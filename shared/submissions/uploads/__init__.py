"""Uploads while they are received: begun, written under a lease, finished. Bytes that were acknowledged are never lost."""
