"""Clips of two groups that show the same footage: found when they are fingerprinted, told to officers as advice."""

import random
from uuid import UUID

import factories
import pytest
from factories import NOW
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.copies.likeness import HEIGHT, WIDTH
from shared.copies.models import Likeness
from shared.copies.operations import fingerprint
from shared.database import new_id
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Submission, Upload

PICTURE = WIDTH * HEIGHT


def footage(seed: int, seconds: int = 30) -> bytes:
    """Pictures that have nothing in common with those of another seed."""
    return random.Random(seed).randbytes(PICTURE * seconds)  # noqa: S311  # footage, not a secret


def clip(session: Session, submission: Submission, **about: object) -> Upload:
    """A clip that arrived and passed."""
    made = Upload(
        id=new_id(),
        submission_id=submission.id,
        kind="clip",
        filename="คลิป.mp4",
        size_bytes=2_500_000,
        offset_bytes=2_500_000,
        part_bytes=8 * 1024 * 1024,
        object_key=f"uploads/{new_id()}",
        status=UploadStatus.PASSED,
        by_kind="group",
        by_name="กลุ่ม",
        copies={"poster": {"key": f"copies/{new_id()}.jpg", "type": "jpg", "size_bytes": 9, "data": {}}},
        expires_at=NOW,
        received_at=NOW,
        **about,
    )
    session.add(made)
    session.flush()
    return made


def pairs(session: Session) -> set[tuple[UUID, UUID]]:
    """Return which clips are noted as alike, the earlier first."""
    return {(found.upload_id, found.other_id) for found in session.scalars(select(Likeness))}


def test_footage_of_another_group_is_found_whichever_is_fingerprinted_first(session: Session) -> None:
    programme = factories.programme(session)
    clips = [clip(session, submission) for submission in factories.submissions(session, programme, 3)]
    for number, seed in ((2, 1), (1, 2), (0, 1)):
        fingerprint(session, clips[number].id, footage(seed), now=NOW)
    assert pairs(session) == {(clips[0].id, clips[2].id)}


def test_fingerprint_again_replaces_what_was_found(session: Session) -> None:
    programme = factories.programme(session)
    clips = [clip(session, submission) for submission in factories.submissions(session, programme, 3)]
    for number, seed in ((0, 1), (1, 1), (2, 2), (1, 1)):
        fingerprint(session, clips[number].id, footage(seed), now=NOW)
    assert pairs(session) == {(clips[0].id, clips[1].id)}
    fingerprint(session, clips[1].id, footage(2), now=NOW)
    assert pairs(session) == {(clips[1].id, clips[2].id)}


@pytest.mark.parametrize("other", ["own", "replaced", "another programme"])
def test_clips_that_are_not_compared(session: Session, other: str) -> None:
    mine, theirs = factories.submissions(session, factories.programme(session), 2)
    elsewhere = factories.submissions(session, factories.programme(session, slug="other", reference_prefix="OT63"), 1, first=3)[0]
    earlier = {
        "own": lambda: clip(session, mine),
        "replaced": lambda: clip(session, theirs, replaced_at=NOW),
        "another programme": lambda: clip(session, elsewhere),
    }[other]()
    fingerprint(session, earlier.id, footage(1), now=NOW)
    fingerprint(session, clip(session, mine).id, footage(1), now=NOW)
    assert pairs(session) == set()
