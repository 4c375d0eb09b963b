"""Receipts: the proof a group gets each time it submits."""
