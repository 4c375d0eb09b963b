"""Notifications: one ledger row per person, message and channel; how a message is rendered, and how it travels."""
