"""What pages and answers of several services share and that knows the domain: files, addresses, histories."""

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
"""Given to `create_app` by every service whose pages use these components."""
