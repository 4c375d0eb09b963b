"""Accounts, roles, links and tokens; who may do what and where."""
