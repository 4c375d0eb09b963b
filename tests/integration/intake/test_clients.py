"""The usual clients of tus, unmodified: tuspy (Python) and tus-js-client (Node)."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from factories.tus import PART, Sender, upload_at
from tusclient.client import TusClient

CLIENT = "tus-js-client@4.3.1"
SCRIPT = """
const fs = require("fs")
const tus = require("tus-js-client")
const { endpoint, token, file, metadata, chunk, interrupt } = JSON.parse(process.argv[2])
let interrupted = !interrupt
const options = {
  endpoint, metadata, chunkSize: chunk || Infinity, retryDelays: [0, 300, 1000], uploadSize: fs.statSync(file).size,
  headers: { Authorization: `Bearer ${token}` },
  onError: (error) => { console.error(String(error)); process.exit(1) },
  onProgress: (sent) => {
    if (!interrupted && sent > interrupt) {
      interrupted = true
      const { url } = upload
      upload.abort().then(() => {
        upload = new tus.Upload(fs.createReadStream(file), { ...options, uploadUrl: url })
        upload.start()
      })
    }
  },
  onSuccess: () => console.log(upload.url),
}
let upload = new tus.Upload(fs.createReadStream(file), options)
upload.start()
"""


@pytest.fixture(scope="session")
def node_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with tus-js-client from npm."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("node")
    command = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", str(folder), CLIENT]
    subprocess.run(command, check=True, timeout=180, cwd=folder)
    (folder / "send.js").write_text(SCRIPT)
    return folder


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """A file of several parts."""
    path = tmp_path / "คลิป.mp4"
    path.write_bytes(os.urandom(2 * PART + 777_777))
    return path


def is_same(url: str | None, clip: Path) -> None:
    assert url is not None
    upload = upload_at(url)
    assert (upload.status, upload.filename) == ("received", clip.name)
    assert upload.sha256 == hashlib.sha256(clip.read_bytes()).hexdigest()


def metadata(sender: Sender, clip: Path) -> dict[str, str]:
    return {"submission": str(sender.submission), "kind": "clip", "filename": clip.name, "filetype": "video/mp4"}


@pytest.mark.parametrize("chunk", [3_000_000, 2**62])
def test_tuspy_uploads(sender: Sender, clip: Path, chunk: int) -> None:
    client = TusClient(f"{sender.web.url}/api/intake/uploads", headers={"Authorization": f"Bearer {sender.token}"})
    uploader = client.uploader(str(clip), chunk_size=chunk, metadata=metadata(sender, clip))
    uploader.upload()
    is_same(uploader.url, clip)


def test_tuspy_with_checksums_stops_and_goes_on(sender: Sender, clip: Path) -> None:
    client = TusClient(f"{sender.web.url}/api/intake/uploads", headers={"Authorization": f"Bearer {sender.token}"})
    first = client.uploader(str(clip), chunk_size=2_000_000, metadata=metadata(sender, clip), upload_checksum=True)
    first.upload_chunk()  # type: ignore[no-untyped-call]  # of tuspy
    second = client.uploader(str(clip), chunk_size=4_000_000, url=first.url, upload_checksum=True)
    assert second.offset == 2_000_000
    second.upload()
    is_same(first.url, clip)


@pytest.mark.parametrize(("chunk", "interrupt"), [(0, 0), (2_500_000, 0), (0, 6_000_000)])
def test_tus_js_client_uploads(sender: Sender, clip: Path, node_folder: Path, chunk: int, interrupt: int) -> None:
    told = {
        "endpoint": f"{sender.web.url}/api/intake/uploads",
        "token": sender.token,
        "file": str(clip),
        "metadata": metadata(sender, clip),
        "chunk": chunk,
        "interrupt": interrupt,
    }
    ended = subprocess.run(["node", "send.js", json.dumps(told)], cwd=node_folder, check=False, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    is_same(ended.stdout.strip(), clip)
