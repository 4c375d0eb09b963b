"""Submissions and their uploads."""
