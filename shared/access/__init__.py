"""Who may see what: the one answer for page, API, export, media and letter."""
