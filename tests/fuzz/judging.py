"""What a worker does with a file that arrived: inspection and rules, for the item that its name says it is for."""

import json
from pathlib import Path

from shared.validation.facts import FileFacts, ItemLimits
from shared.validation.inspection import inspect
from shared.validation.rules import examine
from shared.validation.sniffing import CLIPS, DOCUMENTS, SOUNDS

MIB = 1024 * 1024
CLIP = ItemLimits(types=tuple(sorted(CLIPS)), max_bytes=300 * MIB, max_seconds=300.0)
SOUND = ItemLimits(types=tuple(sorted(SOUNDS)), max_bytes=100 * MIB, max_seconds=300.0)
PLAN = ItemLimits(types=tuple(sorted(DOCUMENTS)), max_bytes=100 * MIB, min_pages=1, max_pages=100)


def judged(file: Path) -> tuple[FileFacts, list[str]]:
    """Return the facts of a file and the codes of what was found; both can be kept and told, as a worker does."""
    facts = inspect(file)
    ending = file.suffix[1:]
    findings = list(examine(facts, CLIP if ending in CLIPS else SOUND if ending in SOUNDS else PLAN))
    # As the database and the group's page take them.
    json.dumps([facts.to_json(), [finding.data for finding in findings]], allow_nan=False).encode()
    for finding in findings:
        for language in ("th", "en"):
            finding.text(language)
    return facts, [finding.code for finding in findings]
