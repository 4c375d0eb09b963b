"""Whether a filing is still asked for, and until when its answers and files may change: what every door asks first."""

from datetime import datetime

from shared.errors import Conflict
from shared.submissions.filings.context import FilingContext
from shared.submissions.operations import SubmissionOut
from shared.submissions.sheet import FILING_SHEET


class DeadlinePassed(Conflict):
    """It is too late."""

    th = "หมดเวลาส่งแล้วเมื่อ {deadline} โปรดติดต่อเจ้าหน้าที่"
    en = "The deadline was {deadline}. Contact your officer."


class AlreadyHandedIn(Conflict):
    """What was submitted stays as it is once its deadline has passed; and the same is not submitted twice."""

    th = "ส่งผลงานแล้ว และไม่มีการแก้ไขที่ยังส่งได้ จึงไม่ต้องส่งซ้ำ"
    en = "This was submitted already, and there is nothing changed that could still be submitted."


class FilingEnded(Conflict):
    """Nothing is asked any more: it was waived, or the submission no longer belongs to the stage."""

    th = "ไม่ต้องส่ง {stage_th} แล้ว"
    en = "{stage_en} is no longer asked."


def require_asked(of: FilingContext) -> None:
    """Raise SubmissionOut or FilingEnded where nothing is asked any more."""
    if of.submission.is_out:
        raise SubmissionOut(reference=of.submission.reference)
    if not FILING_SHEET[of.filing.status].is_asked:
        raise FilingEnded(stage_th=of.stage.label.th, stage_en=of.stage.label.en)


def require_open(of: FilingContext, *, now: datetime) -> None:
    """Raise where answers and files may not change any more: SubmissionOut, FilingEnded, DeadlinePassed, AlreadyHandedIn."""
    require_asked(of)
    if now <= of.closes:
        return
    if FILING_SHEET[of.filing.status].may_submit:
        raise DeadlinePassed(deadline=of.closes.isoformat())
    raise AlreadyHandedIn


def may_change(of: FilingContext, *, now: datetime) -> bool:
    """Return whether answers and files may change now."""
    return not of.submission.is_out and FILING_SHEET[of.filing.status].is_asked and now <= of.closes
