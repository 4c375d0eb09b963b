"""The only door to objects: a protocol, and its one implementation on S3."""

from shared.storage.s3 import ObjectMissing, S3Store, StoreUnavailable, store
from shared.storage.store import Part, Store

__all__ = ["ObjectMissing", "Part", "S3Store", "Store", "StoreUnavailable", "store"]
