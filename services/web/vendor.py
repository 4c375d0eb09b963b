"""Fetch the front-end files this repository carries: pinned npm packages, checked against their sums. `python -m services.web.vendor`.

Nothing of Node runs with the product: the files below are committed, with their licences.
"""

import hashlib
import json
import subprocess
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

VENDOR = Path(__file__).parent / "static" / "vendor"
LOCK = VENDOR / "vendor.json"

FILES: dict[str, dict[str, str]] = {
    "bootstrap@5.3.9": {"dist/css/bootstrap.min.css": "bootstrap.min.css", "LICENSE": "bootstrap.LICENSE.txt"},
    "htmx.org@4.0.1": {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "htmx.LICENSE.txt"},
    "tus-js-client@4.3.1": {"dist/tus.min.js": "tus.min.js", "LICENSE": "tus-js-client.LICENSE.txt"},
    "@fontsource/sarabun@5.3.0": {
        "files/sarabun-thai-400-normal.woff2": "sarabun-thai-400.woff2",
        "files/sarabun-thai-700-normal.woff2": "sarabun-thai-700.woff2",
        "files/sarabun-latin-400-normal.woff2": "sarabun-latin-400.woff2",
        "files/sarabun-latin-700-normal.woff2": "sarabun-latin-700.woff2",
        "LICENSE": "sarabun.LICENSE.txt",
    },
}


def main() -> None:
    """Write the files and their lock; exits with an error when a package is not the one that was locked."""
    locked: dict[str, str] = json.loads(LOCK.read_text()) if LOCK.exists() else {}
    sums: dict[str, str] = {}
    for package, files in FILES.items():
        with TemporaryDirectory() as folder:
            subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True)  # noqa: S603, S607
            (archive,) = Path(folder).glob("*.tgz")
            sums[package] = hashlib.sha512(archive.read_bytes()).hexdigest()
            if locked.get(package, sums[package]) != sums[package]:
                raise SystemExit(f"{package} is not what was locked in {LOCK.name}")
            with tarfile.open(archive) as tar:
                for inside, name in files.items():
                    member = tar.extractfile(f"package/{inside}")
                    if member is None:
                        raise SystemExit(f"{package} has no {inside}")
                    (VENDOR / name).write_bytes(member.read())
    LOCK.write_text(json.dumps(sums, indent=2) + "\n")


if __name__ == "__main__":
    main()
