"""A server that hostile files point at."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Canary:
    """A server on loopback that must never be asked."""

    address: str = ""
    asked: list[bytes] = field(default_factory=list)


@contextmanager
def canary() -> Iterator[Canary]:
    """Listen until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        listening = Canary(f"http://127.0.0.1:{server.getsockname()[1]}/canary")

        def listen() -> None:
            with suppress(OSError):  # closed at the end
                while True:
                    connection, _ = server.accept()
                    with connection:
                        connection.settimeout(2)
                        listening.asked.append(connection.recv(4096))

        threading.Thread(target=listen, daemon=True).start()
        yield listening
        server.shutdown(socket.SHUT_RDWR)
