"""Judging a file: facts that the tools measured, rules over the facts, findings that tell a group what to do."""
