"""SHA-256 that can be put down and taken up again: its state is 112 bytes, kept with an upload's offset.

`hashlib` cannot export a running digest. OpenSSL's `SHA256_CTX` is a plain structure without pointers, so its bytes are the state; it is
called through the very library that `hashlib` is linked to, with the processor's SHA instructions and without Python's lock.
"""

import _hashlib
import ctypes
import ctypes.util
from functools import cache

STATE_BYTES = 112
"""sizeof(SHA256_CTX): eight words of state, two of length, sixteen of data, two of counts."""
DIGEST_BYTES = 32


@cache
def _library() -> ctypes.CDLL:
    """Return libcrypto. Raises RuntimeError when this Python has none with SHA256_Init."""
    for name in (_hashlib.__file__, ctypes.util.find_library("crypto")):
        library = ctypes.CDLL(name) if name else None
        if library is not None and hasattr(library, "SHA256_Init"):
            library.SHA256_Update.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)
            return library
    raise RuntimeError("OpenSSL's libcrypto with SHA256_Init is needed: install libssl (Debian: libssl3).")


class ResumableSha256:
    """A running SHA-256; `state` is what to keep, and what to begin again from."""

    def __init__(self, state: bytes | None = None) -> None:
        self._context = ctypes.create_string_buffer(STATE_BYTES)
        if state is None:
            _library().SHA256_Init(self._context)
        elif len(state) != STATE_BYTES:
            raise ValueError(f"a state has {STATE_BYTES} bytes, not {len(state)}")
        else:
            self._context.raw = state

    def update(self, content: bytes | bytearray | memoryview) -> None:
        """Digest more bytes."""
        if len(content) == 0:
            return
        begin = content if isinstance(content, bytes) else ctypes.byref(ctypes.c_char.from_buffer(content))
        _library().SHA256_Update(self._context, begin, len(content))

    @property
    def state(self) -> bytes:
        """What was digested so far, to be taken up by `ResumableSha256(state)`."""
        return self._context.raw

    def hexdigest(self) -> str:
        """The digest of what came so far, in hexadecimal; more may follow."""
        out, copy = ctypes.create_string_buffer(DIGEST_BYTES), ctypes.create_string_buffer(self._context.raw, STATE_BYTES)
        _library().SHA256_Final(out, copy)
        return out.raw.hex()
