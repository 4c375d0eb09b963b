"""Receipts: what a group holds for each handing in, and what proves it."""
