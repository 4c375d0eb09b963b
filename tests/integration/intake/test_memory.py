"""One part of memory a connection, however long its PATCH is."""

import hashlib
import http.client
import os
from collections.abc import Callable, Iterator

import psutil
from factories.processes import Web
from factories.tus import MIB, PART, sender_of, upload_at

LENGTH = 192 * MIB


def test_memory_of_one_long_patch_is_bounded(serve: Callable[..., Web], clean: None) -> None:
    web = serve()
    sender = sender_of(web)
    process = psutil.Process(web.process.pid)
    warm = os.urandom(2 * PART)
    sender.patch(sender.begun(len(warm)), 0, warm)
    before, peak, digest, block = process.memory_info().rss, 0, hashlib.sha256(), os.urandom(MIB)

    def body() -> Iterator[bytes]:
        nonlocal peak
        for _ in range(LENGTH // MIB):
            digest.update(block)
            peak = max(peak, process.memory_info().rss)
            yield block

    path = sender.begun(LENGTH)
    connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=120)
    headers = {
        "Tus-Resumable": "1.0.0",
        "Authorization": f"Bearer {sender.token}",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(LENGTH),
    }
    connection.request("PATCH", path, body=body(), headers=headers)
    assert connection.getresponse().status == 204
    connection.close()
    assert upload_at(path).sha256 == digest.hexdigest()
    assert peak - before < 6 * PART, f"{(peak - before) // MIB} MB more than before"
