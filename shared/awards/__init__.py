"""Ranking, ties, levels and decisions."""
