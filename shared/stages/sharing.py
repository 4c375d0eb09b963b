"""What programmes of one installation share: the prefixes of reference numbers, which are unique over all of them."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from shared.errors import Conflict
from shared.programmes.definition import Definition
from shared.programmes.models import Programme
from shared.programmes.sharing import OTHER, Seen, named
from shared.submissions.models import Submission


class PrefixInUse(Conflict):
    """Reference numbers are unique in the installation, so no two programmes begin theirs alike."""

    th = "คำขึ้นต้นเลขที่ใบสมัคร {prefix} ใช้อยู่แล้วใน{programme_th} โปรดใช้คำอื่น"
    en = "The prefix {prefix} of reference numbers is used by {programme_en} already. Please choose another."


def require_own_prefix(session: Session, definition: Definition, *, seen: Seen) -> None:
    """Raise PrefixInUse where another programme has the prefix, or has given out references with it.

    The other programme is named where the person may know of it. Two saves of one prefix wait for one another.
    """
    prefix = definition.reference_prefix
    session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"reference prefix {prefix}"))))
    given = select(Submission.id).where(
        Submission.programme_id == Programme.id, Submission.reference.startswith(f"{prefix}-", autoescape=True)
    )
    other = session.scalar(
        select(Programme)
        .where(Programme.slug != definition.slug, or_(Programme.document["reference_prefix"].astext == prefix, given.exists()))
        .order_by(Programme.id)
        .limit(1)
    )
    if other is not None:
        raise PrefixInUse(prefix=prefix, **_named(other, seen))


def _named(other: Programme, seen: Seen) -> dict[str, str]:
    return {"programme": other.slug, **named(other)} if seen(other) else {"programme_th": OTHER.th, "programme_en": OTHER.en}
