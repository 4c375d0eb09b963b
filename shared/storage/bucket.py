"""Create the bucket if it does not exist: `python -m shared.storage.bucket`."""

from shared.settings import settings
from shared.storage.s3 import S3Store

if __name__ == "__main__":
    S3Store(settings()).make_bucket()
