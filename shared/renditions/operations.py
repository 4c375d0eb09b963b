"""The verbs of copies: note what was made, and what a clip looks like."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, or_, select, type_coerce, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Session

from shared import events
from shared.events import SYSTEM, EventKind
from shared.renditions.likeness import ALIKE, Footage, hashes
from shared.renditions.models import Fingerprint, Likeness
from shared.renditions.rendition import Rendition
from shared.submissions.models import Submission, Upload


def add(session: Session, upload_id: UUID, copies: Mapping[str, Rendition], *, now: datetime) -> None:
    """Note copies by their names, beside those that another job notes meanwhile; of a name made twice the last stands.

    Copies that are made together are one event, whose data are the names.
    """
    made = {name: copy.to_json() for name, copy in copies.items()}
    submission_id = session.scalars(
        update(Upload)
        .where(Upload.id == upload_id)
        .values(copies=Upload.copies.op("||")(type_coerce(made, JSONB)))
        .returning(Upload.submission_id)
    ).one()
    events.append(
        session,
        EventKind.COPIES_MADE,
        subject_id=upload_id,
        submission_id=submission_id,
        by=SYSTEM,
        now=now,
        data=dict.fromkeys(made, True),
    )


def fingerprint(session: Session, upload_id: UUID, frames: bytes, *, now: datetime) -> None:
    """Note what a clip looks like, and which clips of other groups in its programme show the same footage; again replaces both.

    `frames` are gray pictures of `likeness.WIDTH` × `likeness.HEIGHT` bytes, `likeness.SECONDS_APART`, one after another. Clips that were
    replaced are not compared.
    """
    upload = session.get_one(Upload, upload_id)
    programme_id = session.scalars(select(Submission.programme_id).where(Submission.id == upload.submission_id)).one()
    looks = hashes(frames)
    session.execute(delete(Likeness).where(or_(Likeness.upload_id == upload_id, Likeness.other_id == upload_id)))
    written = insert(Fingerprint).values(upload_id=upload_id, programme_id=programme_id, hashes=looks)
    session.execute(written.on_conflict_do_update(index_elements=[Fingerprint.upload_id], set_={"hashes": looks}))
    others = (
        select(Fingerprint.upload_id, Fingerprint.hashes)
        .join(Upload, Upload.id == Fingerprint.upload_id)
        .where(Fingerprint.programme_id == programme_id, Upload.submission_id != upload.submission_id, Upload.replaced_at.is_(None))
    )
    footage = Footage(looks)
    shares = {id_: footage.share(theirs) for id_, theirs in session.execute(others)}
    # Of two clips fingerprinted at the same time one must see the other: the second waits here for the first to commit. All that was
    # there before is compared by now, so that the lock is held for a moment only.
    session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"fingerprints {programme_id}"))))
    shares |= {id_: footage.share(theirs) for id_, theirs in session.execute(others.where(Upload.id.not_in(list(shares))))}
    # Identifiers are made in the order of time, so the smaller is the earlier.
    pairs = [(*sorted((upload_id, id_)), share) for id_, share in shares.items() if share >= ALIKE]
    found = [{"upload_id": first, "other_id": second, "share": share, "found_at": now} for first, second, share in pairs]
    if found:
        session.execute(insert(Likeness).on_conflict_do_nothing(), found)
