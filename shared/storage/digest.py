"""SHA-256 that can be interrupted and resumed: its state is 112 bytes, saved with an upload's offset.

`hashlib` cannot export a running digest. OpenSSL's `SHA256_CTX` is a plain structure without pointers, so its bytes are the state; it is
called in the library that `hashlib` is linked to, with the processor's SHA instructions and without Python's lock. OpenSSL deprecates
these functions since 3.0 and does not promise the structure, so a known answer is computed before their first use.
"""

import _hashlib
import ctypes
import ctypes.util
from functools import cache

STATE_BYTES = 112
"""sizeof(SHA256_CTX): eight words of state, two of length, sixteen of data, two of counts."""
DIGEST_BYTES = 32

KNOWN_CONTENT = (
    b"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoi",
    b"jklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
)
"""The two-block message of NIST's examples of SHA-256 (FIPS 180-4), interrupted within its second block of 64 bytes."""
KNOWN_DIGEST = "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
GUARD = b"\xa5" * 64
"""Lies behind the state during the test; a structure that is larger than `STATE_BYTES` overwrites it."""


class DigestNotUsable(RuntimeError):
    """OpenSSL on this machine does not offer the resumable SHA-256 that uploads need."""


def require_known_answer(library: ctypes.CDLL) -> None:
    """Digest a known message with `library`, exporting the state in the middle. Raises DigestNotUsable when the digest is wrong."""
    state, out = b"", ctypes.create_string_buffer(DIGEST_BYTES)
    for piece in KNOWN_CONTENT:
        context = ctypes.create_string_buffer((state or bytes(STATE_BYTES)) + GUARD, STATE_BYTES + len(GUARD))
        if not state:
            library.SHA256_Init(context)
        library.SHA256_Update(context, piece, len(piece))
        state, guard = context.raw[:STATE_BYTES], context.raw[STATE_BYTES:]
        if guard != GUARD:
            raise DigestNotUsable(f"OpenSSL's SHA256_CTX is larger than {STATE_BYTES} bytes: running digests cannot be saved.")
    library.SHA256_Final(out, ctypes.create_string_buffer(state, STATE_BYTES))
    if out.raw.hex() != KNOWN_DIGEST:
        raise DigestNotUsable(f"OpenSSL's SHA-256 of a known message is {out.raw.hex()} after its state was saved, not {KNOWN_DIGEST}.")


@cache
def _library() -> ctypes.CDLL:
    """Return libcrypto, tested. Raises DigestNotUsable."""
    for name in (_hashlib.__file__, ctypes.util.find_library("crypto")):
        library = ctypes.CDLL(name) if name else None
        if library is not None and hasattr(library, "SHA256_Init"):
            library.SHA256_Update.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)
            require_known_answer(library)
            return library
    raise DigestNotUsable("OpenSSL's libcrypto with SHA256_Init is needed: install libssl (Debian: libssl3).")


class ResumableSha256:
    """A running SHA-256; `state` is what to save, and what to resume from."""

    def __init__(self, state: bytes | None = None) -> None:
        self._context = ctypes.create_string_buffer(STATE_BYTES)
        if state is None:
            _library().SHA256_Init(self._context)
        elif len(state) != STATE_BYTES:
            raise ValueError(f"a state has {STATE_BYTES} bytes, not {len(state)}")
        else:
            self._context.raw = state

    def update(self, content: bytes | bytearray | memoryview) -> None:
        """Digest more bytes; a memoryview has to be writable."""
        if len(content) == 0:
            return
        begin = content if isinstance(content, bytes) else ctypes.byref(ctypes.c_char.from_buffer(content))
        _library().SHA256_Update(self._context, begin, len(content))

    @property
    def state(self) -> bytes:
        """The state after the bytes digested so far, to be resumed by `ResumableSha256(state)`."""
        return self._context.raw

    def hexdigest(self) -> str:
        """Return the digest of the bytes so far, in hexadecimal; more may follow."""
        out, copy = ctypes.create_string_buffer(DIGEST_BYTES), ctypes.create_string_buffer(self._context.raw, STATE_BYTES)
        _library().SHA256_Final(out, copy)
        return out.raw.hex()
