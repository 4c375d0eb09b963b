"""Tokens: written from a credential's id and the secret key, so that nothing secret lies in the database.

A token is 3 letters for the kind, the 16 bytes of the id and 16 bytes (128 bits) of HMAC-SHA-256 over kind and id, in base64url:
`gl_` + 43 characters. The same row gives the same token again, so a reminder can repeat a link.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from uuid import UUID

from shared.people.models import CredentialKind

PREFIXES = {CredentialKind.LINK: "gl_", CredentialKind.API: "sa_", CredentialKind.SESSION: "bs_", CredentialKind.SIGN_IN: "si_"}
_KINDS = {prefix: kind for kind, prefix in PREFIXES.items()}


def write(secret: str, kind: CredentialKind, id_: UUID) -> str:
    """Return the token of a credential, safe in a URL."""
    return PREFIXES[kind] + urlsafe_b64encode(id_.bytes + _seal(secret, kind, id_)).decode().rstrip("=")


def read(secret: str, token: str) -> tuple[CredentialKind, UUID] | None:
    """Return what a genuine token says, None for anything else."""
    kind = _KINDS.get(token[:3])
    if kind is None or not token.isascii():
        return None
    try:
        raw = urlsafe_b64decode(token[3:] + "=" * (-len(token[3:]) % 4))
    except (Base64Error, ValueError):
        return None
    if len(raw) != 32:
        return None
    id_ = UUID(bytes=raw[:16])
    return (kind, id_) if hmac.compare_digest(raw[16:], _seal(secret, kind, id_)) else None


def _seal(secret: str, kind: CredentialKind, id_: UUID) -> bytes:
    return hmac.digest(secret.encode(), f"{kind}:".encode() + id_.bytes, hashlib.sha256)[:16]
