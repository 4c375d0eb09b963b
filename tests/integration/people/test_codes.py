"""Short codes: read as people type them, good once, for one thing, for a short time."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from factories import NOW
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.people import codes
from shared.people.codes import CROCKFORD, TERMS, Tried
from shared.people.models import Code, CodePurpose

SECRET = "the key of these tests"
A_SECOND = timedelta(seconds=1)
ONE, OTHER = uuid4(), uuid4()


def handover(session: Session, submission_id: UUID = ONE) -> str:
    return codes.written(codes.make(session, CodePurpose.HANDOVER, subject_id=submission_id, now=NOW, secret=SECRET), secret=SECRET)


def confirmation(session: Session, submission_id: UUID = ONE) -> str:
    return codes.written(codes.make(session, CodePurpose.CONFIRM, subject_id=submission_id, now=NOW, secret=SECRET), secret=SECRET)


def tried(session: Session, typed: str, submission_id: UUID = ONE, after: timedelta = A_SECOND) -> tuple[Tried, int]:
    return codes.confirm(session, typed, subject_id=submission_id, now=NOW + after, secret=SECRET)


def wrong(code: str) -> str:
    return str((int(code.replace(" ", "")) + 1) % 10**6).zfill(6)


def test_codes_are_short_and_lie_nowhere_in_clear(session: Session) -> None:
    long, short = handover(session), confirmation(session)
    assert (len(long), long[4], set(long) - {"-"} - set(CROCKFORD)) == (9, "-", set())
    assert (len(short), short[3], short.replace(" ", "").isdecimal()) == (7, " ", True)
    for row in session.scalars(select(Code)):
        stored = " ".join(str(getattr(row, column.key)) for column in Code.__table__.columns)
        assert long.replace("-", "") not in stored
        assert short.replace(" ", "") not in stored.replace("-", "")


def test_handover_code_opens_its_submission_once(session: Session) -> None:
    code = handover(session)
    for _ in range(2):
        seen = codes.peek(session, code, now=NOW + A_SECOND, secret=SECRET)
        assert seen is not None
    used = codes.use(session, code, now=NOW + A_SECOND, secret=SECRET)
    assert used is not None
    assert used.subject_id == ONE
    assert codes.use(session, code, now=NOW + A_SECOND, secret=SECRET) is None
    assert codes.peek(session, code, now=NOW + A_SECOND, secret=SECRET) is None


def test_handover_code_is_read_as_people_type_it(session: Session) -> None:
    code = handover(session)
    mistaken = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    thai = code.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    for typed in (mistaken, thai, f" {code} ", code.replace("-", "")):
        assert codes.peek(session, typed, now=NOW, secret=SECRET) is not None, typed
    assert codes.peek(session, "", now=NOW, secret=SECRET) is None


def test_code_ends_with_its_term(session: Session) -> None:
    code, number = handover(session), confirmation(session)
    assert (TERMS[CodePurpose.HANDOVER], TERMS[CodePurpose.CONFIRM]) == (timedelta(minutes=15), timedelta(hours=24))
    assert codes.peek(session, code, now=NOW + timedelta(minutes=15) - A_SECOND, secret=SECRET) is not None
    assert codes.use(session, code, now=NOW + timedelta(minutes=15), secret=SECRET) is None
    assert tried(session, number, after=timedelta(hours=24)) == (Tried.DEAD, 0)
    assert tried(session, number, after=timedelta(hours=24) - A_SECOND)[0] is Tried.RIGHT


def test_new_code_ends_the_older_of_the_same_purpose_and_submission_only(session: Session) -> None:
    first, other, number = handover(session), handover(session, OTHER), confirmation(session)
    second = handover(session)
    assert [codes.peek(session, code, now=NOW + A_SECOND, secret=SECRET) is not None for code in (first, other, second)] == [
        False,
        True,
        True,
    ]
    assert tried(session, number)[0] is Tried.RIGHT


@pytest.mark.parametrize("mistakes", range(6))
def test_confirmation_code_is_dead_after_five_tries(session: Session, mistakes: int) -> None:
    code = confirmation(session)
    assert [tried(session, wrong(code)) for _ in range(mistakes)] == [
        (Tried.WRONG, 4), (Tried.WRONG, 3), (Tried.WRONG, 2), (Tried.WRONG, 1), (Tried.DEAD, 0), (Tried.DEAD, 0),
    ][:mistakes]  # fmt: skip
    assert tried(session, code)[0] is (Tried.RIGHT if mistakes < 5 else Tried.DEAD)


def test_confirmation_code_is_good_for_its_own_submission_once(session: Session) -> None:
    mine, other = confirmation(session), confirmation(session, OTHER)
    assert tried(session, mine, OTHER)[0] is Tried.WRONG
    assert tried(session, mine.replace(" ", ""))[0] is Tried.RIGHT
    assert tried(session, mine)[0] is Tried.DEAD
    assert tried(session, other, OTHER)[0] is Tried.RIGHT


def test_code_of_one_purpose_is_not_one_of_the_other(session: Session) -> None:
    code, number = handover(session), confirmation(session)
    assert tried(session, code)[0] is Tried.WRONG
    assert codes.use(session, number, now=NOW, secret=SECRET) is None
