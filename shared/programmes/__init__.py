"""Programmes as data, the groups, and which groups a programme invites."""
