"""Make the corpus: small, quick, from ffmpeg's own test sources; kept in a cache folder until this package changes.

In `tests`, `python -m media.corpus FOLDER` makes all of it, to be looked at by hand.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import gettempdir

from media import attacks, clips, documents, phones, plans, sounds, workbooks

Recipe = Callable[[Path], None]
RECIPES: dict[str, Recipe] = {
    **clips.RECIPES,
    **phones.RECIPES,
    **attacks.RECIPES,
    **documents.RECIPES,
    **plans.RECIPES,
    **workbooks.RECIPES,
    **sounds.RECIPES,
}


def cache() -> Path:
    """Return the folder of made files; its name changes with the recipes."""
    sources = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return Path(gettempdir()) / f"omsap-media-{os.getuid()}-{hashlib.sha256(sources).hexdigest()[:16]}"


def media(name: str, folder: Path | None = None) -> Path:
    """Return the file of that name, made now if it is not in the cache; tests that run beside each other may both make it."""
    folder = folder or cache()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        partial = folder / f".{os.getpid()}-{name}"
        RECIPES[name](partial)
        partial.replace(path)
    return path


if __name__ == "__main__":
    for known in RECIPES:
        print(media(known, Path(sys.argv[1])))
