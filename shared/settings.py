"""Settings of a process: environment variables `OMSAP_*`, a `.env` file, or files in `/run/secrets`."""

from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

MIB = 1024 * 1024


class Settings(BaseSettings):
    """Where the outside servers are, and the limits of this installation (never those of a programme)."""

    model_config = SettingsConfigDict(env_prefix="OMSAP_", env_file=".env", extra="ignore")

    base_url: str = "http://127.0.0.1:8000"
    """What people type: the public address, used in links of messages."""
    secret_key: SecretStr
    """At least 32 characters. Links, tokens and receipts' codes are signed with it; changing it ends them all."""

    database_url: SecretStr
    """postgresql://user:password@host:port/name"""
    database_pool: int = 10
    broker_url: SecretStr
    """redis://… or amqp://…"""

    s3_endpoint: str | None = None
    """None means AWS itself."""
    s3_public_endpoint: str | None = None
    """An address of the store that browsers reach; where set, media are answered by a redirect to a presigned URL."""
    s3_region: str = "us-east-1"
    s3_bucket: str = "omsap"
    s3_access_key: SecretStr | None = None
    s3_secret_key: SecretStr | None = None
    s3_checksums: Literal["when_required", "when_supported"] = "when_required"

    mail_url: SecretStr = SecretStr("mailto://127.0.0.1:1025")
    """The SMTP server: mailto://host:port (not encrypted), mailtos://user:password@host (STARTTLS; from the beginning with port 465)."""
    mail_from: str = "Omsap <no-reply@omsap.example>"
    """Whom messages come from; the domain is also that of their Message-ID."""
    mail_folder: Path | None = None
    """Where the local mail catcher keeps what it received; shown to operators at /operations/mail."""
    styleguide: bool = False
    """Whether /styleguide shows the parts that pages are made of: for development."""

    scratch: Path = Field(default_factory=lambda: Path(gettempdir()))
    """Local disk on which workers lay one file at a time."""

    log_format: Literal["console", "json"] = "json"
    log_level: str = "INFO"

    sweep_seconds: float = 5.0
    """How often some process looks over the ledger for what was not taken."""
    ring_again_seconds: float = 30.0
    """A job that nobody took for so long is sent to the broker again."""

    upload_part_bytes: int = Field(default=8 * MIB, ge=5 * MIB)
    """Size of one S3 part, and the most that an upload connection holds in memory."""
    upload_memory_bytes: int = 40 * MIB
    """What all upload connections of a process hold together; beyond it what arrives goes to the database at once."""
    upload_connections: int = 500
    """Upload connections of one process; beyond it 503 with Retry-After."""
    upload_keep_seconds: float = 2.0
    """What arrived is made durable after so long at the latest, also when it does not fill a part."""
    upload_idle_seconds: float = 60.0
    """A connection that sends nothing for so long is ended; what arrived is kept."""
    upload_min_bytes_per_second: int = 64
    """A connection that sends less than this over `upload_idle_seconds` is ended as well."""
    upload_lease_seconds: float = 30.0
    upload_expiry_hours: float = 72.0

    limit_uploads_per_link: str = "120/minute"
    """Uploads that one link or account may begin."""
    limit_uploads_per_address: str = "1200/minute"
    """Uploads that one network address may begin; many phones share the address of their operator."""
    limit_codes_per_address: str = "30/minute"
    """Short codes and receipt codes that one address may try."""
    limit_confirmations_per_submission: str = "6/hour"
    """How often officers may ask one group to confirm."""

    cors_origins: list[str] = []
    """Other sites whose pages may use the JSON API of intake with a token, as `["https://groups.example.org"]`."""

    sandbox_wall_seconds: float = 60.0
    sandbox_cpu_seconds: int = 20
    sandbox_memory_bytes: int = 1536 * MIB
    office_wall_seconds: float = 120.0
    """Limits of the office suite, which prints one document at a time."""
    office_cpu_seconds: int = 90
    office_memory_bytes: int = 2048 * MIB
    transcode_wall_seconds: float = 3300.0
    """Limits of what makes copies of clips; less than the time limit of its jobs."""
    transcode_cpu_seconds: int = 6600
    transcode_memory_bytes: int = 4096 * MIB
    transcode_threads: int = Field(default=2, ge=1)
    """Of decoder, filters and encoder each."""
    transcode_scratch_bytes: int = 8 * 1024 * MIB
    """Local disk that one job may take for the original and its copies together."""


def secret_key() -> str:
    """Return the key that signs links, tokens and codes; services and workers pass it to the domain."""
    return settings().secret_key.get_secret_value()


@cache
def settings() -> Settings:
    """Return the settings of this process, read once. Raises pydantic's ValidationError naming what is missing."""
    return Settings()
