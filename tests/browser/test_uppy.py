"""Uppy with its tus plugin, unmodified, in a page that holds a group's session: other sites' upload pages work with this server."""

import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx2
import pytest
from browser.browser import DESK, page
from playwright.sync_api import Browser

UPPY = "uppy@6.0.1"
SIZE = 9_000_001
SEND = """
async ({ submission, size, chunk }) => {
  const data = new Uint8Array(size).map((_, at) => at % 251)
  const uppy = new Uppy.Uppy().use(Uppy.Tus, { endpoint: "/api/intake/uploads", chunkSize: chunk || Infinity })
  uppy.addFile({ name: "คลิป.mp4", type: "video/mp4", data: new Blob([data]), meta: { submission, kind: "clip", filename: "คลิป.mp4" } })
  const ended = await uppy.upload()
  return { sent: ended.successful.length, failed: ended.failed.map((file) => file.error) }
}
"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Uppy's own bundle from npm."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("uppy")
    subprocess.run(["npm", "pack", "--silent", UPPY], cwd=folder, check=True, capture_output=True, timeout=180)
    subprocess.run(["tar", "-xzf", next(folder.glob("*.tgz")).name], cwd=folder, check=True)
    return folder / "package" / "dist" / "uppy.min.js"


@pytest.mark.parametrize("chunk", [0, 2_000_000])
def test_uppy_sends_a_file(prepared: dict[str, Any], browser: Browser, bundle: Path, chunk: int) -> None:
    group = prepared["groups"][0]
    shown = page(browser, DESK, bypass_csp=True)
    shown.goto(group["link"])
    shown.add_script_tag(path=bundle)
    ended = shown.evaluate(SEND, {"submission": group["submission"], "size": SIZE, "chunk": chunk})
    assert ended == {"sent": 1, "failed": []}
    address = f"{prepared['base_url']}/api/intake/submissions/{group['submission']}"
    seen = httpx2.get(address, headers={"Authorization": f"Bearer {group['token']}"}).json()
    (upload,) = next(item["uploads"] for item in seen["items"] if item["kind"] == "clip")
    assert (upload["filename"], upload["size_bytes"]) == ("คลิป.mp4", SIZE)
    assert upload["sha256"] == hashlib.sha256(bytes(at % 251 for at in range(SIZE))).hexdigest()
