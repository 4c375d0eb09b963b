"""Object storage: the protocol `Store`, and its one implementation on S3. Nothing else in the product speaks S3."""

from shared.storage.s3 import ObjectMissing, S3Store, StoreUnavailable, store
from shared.storage.store import Part, Store

__all__ = ["ObjectMissing", "Part", "S3Store", "Store", "StoreUnavailable", "store"]
