"""Filings: what a submission files at one collect stage. Drafts change, versions never do."""
