"""Grants: the money of awarded submissions, and what becomes of it."""
