"""Rounds, review queues, assignments with leases, ballots and conflicts of interest."""
