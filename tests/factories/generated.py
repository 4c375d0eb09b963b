"""A Python client, generated from the OpenAPI document of a service as its users would do it."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from factories.processes import Web

BINARY = "application/octet-stream"
CONFIG: dict[str, object] = {
    "post_hooks": [],
    "content_type_overrides": {"application/offset+octet-stream": BINARY, "application/yaml": BINARY},
}
"""No formatter afterwards; uploads and programmes as YAML are sent as bytes."""


class Generated:
    """The client of one service that runs at `web`, as the holder of `token`."""

    def __init__(self, service: str, web: Web, token: str, folder: Path) -> None:
        self._package = f"generated_{service}"
        if not (folder / self._package).exists():
            _generate(web, service, folder, self._package)
        if str(folder) not in sys.path:
            sys.path.append(str(folder))
        self._as = {"base_url": web.url, "token": token, "raise_on_unexpected_status": True}

    def __call__(self, operation: str, *path: Any, **parts: Any) -> Any:
        """Call an operation, as `queues.claim`; return the response: `status_code`, and `parsed` as the model the document names."""
        with self._module("client").AuthenticatedClient(**self._as) as client:
            return self._module(f"api.{operation}").sync_detailed(*path, client=client, **parts)

    def model(self, name: str, **fields: Any) -> Any:
        """Return a model for a body."""
        return getattr(self._module("models"), name)(**fields)

    def file(self, **parts: Any) -> Any:
        """Return a file for a form."""
        return self._module("types").File(**parts)

    def _module(self, name: str) -> ModuleType:
        return import_module(f"{self._package}.{name}")


def _generate(web: Web, service: str, folder: Path, package: str) -> None:
    """Write the package; a part of the document that the generator leaves out is a failure."""
    document, config = folder / f"{service}.json", folder / "config.json"
    document.write_bytes(web.ask("GET", f"/api/{service}/openapi.json").body)
    config.write_text(json.dumps(CONFIG))
    argv = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--overwrite", "--fail-on-warning"]
    argv += ["--path", str(document), "--config", str(config), "--output-path", str(folder / package)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
