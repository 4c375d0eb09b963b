"""Payments: what a support stage pays one submission, and what became of it."""
