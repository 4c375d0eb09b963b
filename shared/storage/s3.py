"""Object storage on S3 by boto3: one client per process, used from many threads."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import boto3
from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from shared.errors import NotFound, Unavailable
from shared.settings import Settings, settings
from shared.storage.store import Part

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

READ_BYTES = 1024 * 1024
CONNECTIONS = 64
_GONE = frozenset({"NoSuchUpload", "NoSuchKey", "404", "NotFound"})


class StoreUnavailable(Unavailable):
    """The object store does not answer, or answers with an error."""

    th = "ที่เก็บไฟล์ไม่ตอบสนองชั่วคราว ไฟล์ส่วนที่ส่งแล้วยังอยู่ โปรดลองใหม่ในอีกสักครู่"
    en = "The file store does not answer at the moment; what you have uploaded is safe. Please try again shortly."


class ObjectMissing(NotFound):
    """The store has no object with this key."""

    th = "ไม่พบไฟล์นี้ในที่เก็บ"
    en = "This file is not in the store."


class S3Store:
    """One bucket on an S3 server; see `Store` for what each method promises."""

    def __init__(self, configuration: Settings) -> None:
        self._bucket = configuration.s3_bucket
        self._client = _client(configuration, configuration.s3_endpoint)
        public = configuration.s3_public_endpoint
        self._public = _client(configuration, public) if public else None

    def put(self, key: str, content: bytes | bytearray) -> None:
        with _translated():
            self._client.put_object(Bucket=self._bucket, Key=key, Body=cast("bytes", content))
        self._verify(key, len(content))

    def put_file(self, key: str, file: Path) -> None:
        with _translated():
            self._client.upload_file(str(file), self._bucket, key)

    def begin(self, key: str) -> str:
        with _translated():
            return self._client.create_multipart_upload(Bucket=self._bucket, Key=key)["UploadId"]

    def put_part(self, key: str, multipart_id: str, number: int, content: bytes | bytearray) -> Part:
        with _translated():
            body = cast("bytes", content)  # boto3 takes a bytearray as it is; its stubs do not know
            answer = self._client.upload_part(Bucket=self._bucket, Key=key, UploadId=multipart_id, PartNumber=number, Body=body)
        return Part(number, len(content), answer["ETag"])

    def complete(self, key: str, multipart_id: str, parts: Sequence[Part]) -> None:
        size = sum(part.size_bytes for part in parts)
        listed: list[CompletedPartTypeDef] = [{"PartNumber": part.number, "ETag": part.etag} for part in parts]
        try:
            with _translated():
                self._client.complete_multipart_upload(
                    Bucket=self._bucket, Key=key, UploadId=multipart_id, MultipartUpload={"Parts": listed}
                )
        except ObjectMissing:
            # Either an earlier attempt completed it and its answer was lost, or the multipart upload was aborted: the object's size shows
            # which. It is asked for only then, as some servers digest the whole object to answer.
            self._verify(key, size)

    def abort(self, key: str, multipart_id: str) -> None:
        try:
            with _translated():
                self._client.abort_multipart_upload(Bucket=self._bucket, Key=key, UploadId=multipart_id)
        except ObjectMissing:
            return

    def size(self, key: str) -> int:
        with _translated():
            return self._client.head_object(Bucket=self._bucket, Key=key)["ContentLength"]

    def read(self, key: str, *, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        wanted = f"bytes={start}-" if length is None else f"bytes={start}-{start + length - 1}"
        with _translated():
            ranged = {"Range": wanted} if start or length is not None else {}
            body = self._client.get_object(Bucket=self._bucket, Key=key, **ranged)["Body"]  # type: ignore[arg-type]  # one known name
            with body:
                yield from body.iter_chunks(READ_BYTES)

    def address(self, key: str, *, seconds: int, media_type: str, disposition: str) -> str | None:
        if self._public is None:
            return None
        answered = {"ResponseContentType": media_type, "ResponseContentDisposition": disposition}
        parameters = {"Bucket": self._bucket, "Key": key, **answered}
        return self._public.generate_presigned_url("get_object", Params=parameters, ExpiresIn=seconds)

    def delete(self, key: str) -> None:
        with _translated():
            self._client.delete_object(Bucket=self._bucket, Key=key)

    def make_bucket(self) -> None:
        """Create the bucket if it does not exist."""
        with _translated():
            if self._bucket not in {bucket.get("Name") for bucket in self._client.list_buckets()["Buckets"]}:
                self._client.create_bucket(Bucket=self._bucket)

    def ready(self) -> None:
        with _translated():
            self._client.list_objects_v2(Bucket=self._bucket, MaxKeys=1)

    def _verify(self, key: str, size: int) -> None:
        """Check that the object exists with this size. Raises StoreUnavailable."""
        try:
            found = self.size(key)
        except ObjectMissing:
            found = -1
        if found != size:
            raise StoreUnavailable(key=key, size_bytes=size, found_bytes=found)


def _client(configuration: Settings, endpoint: str | None) -> "S3Client":
    host = urlsplit(endpoint or "").hostname
    is_guarded = endpoint is None or endpoint.startswith("https://") or host in ("127.0.0.1", "::1", "localhost")
    access, secret = configuration.s3_access_key, configuration.s3_secret_key
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=configuration.s3_region,
        aws_access_key_id=access.get_secret_value() if access else None,
        aws_secret_access_key=secret.get_secret_value() if secret else None,
        config=Config(
            signature_version="s3v4",
            max_pool_connections=CONNECTIONS,
            connect_timeout=5,
            read_timeout=120,
            retries={"mode": "standard", "max_attempts": 4},
            request_checksum_calculation=configuration.s3_checksums,
            response_checksum_validation=configuration.s3_checksums,
            # Over TLS, and within one machine, nobody can change the bytes, so signing them would only cost a digest of every part.
            s3={"addressing_style": "path" if endpoint else "auto", "payload_signing_enabled": not is_guarded},
        ),
    )


@contextmanager
def _translated() -> Iterator[None]:
    """Turn errors of boto3 into ObjectMissing and StoreUnavailable."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in _GONE:
            raise ObjectMissing from error
        raise StoreUnavailable(error=code) from error
    except (Boto3Error, BotoCoreError, HTTPClientError, OSError) as error:
        raise StoreUnavailable(error=type(error).__name__) from error


@cache
def store() -> S3Store:
    """Return the store that this process's settings name."""
    return S3Store(settings())
