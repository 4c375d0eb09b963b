"""Lists of submissions as officers and pages show them: counts, changes, suspected duplicates."""
