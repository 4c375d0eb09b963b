"""Tables of what clips look like, to find the same footage twice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import Base


class Fingerprint(Base):
    """What a clip looks like: a hash of a picture at equal distances, see `likeness`."""

    __tablename__ = "fingerprints"

    upload_id: Mapped[UUID] = mapped_column(ForeignKey("uploads.id"), primary_key=True)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"), index=True)
    hashes: Mapped[bytes]
    """64 bits a picture, big-endian."""


class Likeness(Base):
    """Two clips of one programme that show the same footage; the earlier upload is `upload_id`."""

    __tablename__ = "likenesses"

    upload_id: Mapped[UUID] = mapped_column(ForeignKey("uploads.id"), primary_key=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("uploads.id"), primary_key=True, index=True)
    share: Mapped[float]
    """How much of the shorter clip is seen in the other, 0 to 1."""
    found_at: Mapped[datetime]
