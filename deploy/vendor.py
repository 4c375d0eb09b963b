"""Fetch the front-end files and fonts this repository carries: pinned npm packages, checked against their sums.

`python -m deploy.vendor`. Nothing of Node runs with the product: the files below are committed, with their licences.
"""

import hashlib
import json
import subprocess
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
VENDOR = ROOT / "services/web/static/vendor"
FONTS = ROOT / "shared/notifications/letters/fonts"
"""Of letters: whole fonts, where browsers want them in pieces."""
LOCK = "vendor.json"

FILES: dict[Path, dict[str, dict[str, str]]] = {
    VENDOR: {
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
    },
    FONTS: {
        "@expo-google-fonts/sarabun@0.4.1": {
            "400Regular/Sarabun_400Regular.ttf": "Sarabun-Regular.ttf",
            "700Bold/Sarabun_700Bold.ttf": "Sarabun-Bold.ttf",
            "LICENSE_FONT": "sarabun.LICENSE.txt",
        },
    },
}
"""Folder → package → file inside it → its name here."""


def main() -> None:
    """Write the files and their locks; exits with an error when a package is not the one that was locked."""
    for folder, packages in FILES.items():
        lock = folder / LOCK
        locked: dict[str, str] = json.loads(lock.read_text()) if lock.exists() else {}
        sums = {package: _fetch(package, files, folder, locked.get(package)) for package, files in packages.items()}
        lock.write_text(json.dumps(sums, indent=2) + "\n")


def _fetch(package: str, files: dict[str, str], folder: Path, locked: str | None) -> str:
    """Write a package's files into `folder`; return its sum, which is to be `locked`."""
    with TemporaryDirectory() as scratch:
        subprocess.run(["npm", "pack", "--silent", package], cwd=scratch, check=True, capture_output=True)  # noqa: S603, S607
        (archive,) = Path(scratch).glob("*.tgz")
        found = hashlib.sha512(archive.read_bytes()).hexdigest()
        if locked not in (None, found):
            raise SystemExit(f"{package} is not what was locked in {folder / LOCK}")
        with tarfile.open(archive) as tar:
            for inside, name in files.items():
                member = tar.extractfile(f"package/{inside}")
                if member is None:
                    raise SystemExit(f"{package} has no {inside}")
                (folder / name).write_bytes(member.read())
    return found


if __name__ == "__main__":
    main()
