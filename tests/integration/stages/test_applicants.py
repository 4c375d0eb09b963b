"""What an applicant answered decides about its submission: its category, its committee, its area; an import changes it until judging."""

from typing import Any

from factories import NOW
from factories import stages as play
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shared.events import SYSTEM, EventKind
from shared.events.models import Event
from shared.programmes import operations
from shared.programmes.models import Group, Programme
from shared.programmes.targets import TargetRow
from shared.queue import kinds
from shared.queue.models import Job
from shared.reviews.models import Entry
from shared.stages import operations as stages
from shared.stages import placing
from shared.submissions.models import Submission

CATEGORIES = [{"key": key, "label": {"en": key}} for key in ("food", "craft")]
KIND = {"key": "kind", "type": "choice", "label": {"en": "Kind"}, "options": CATEGORIES}
APPLICANT = {"questions": [{"key": "name", "type": "short_text", "label": {"en": "Name"}}, KIND]}
ROUTING = [{"committee": "crafts", "categories": ["craft"]}, {"committee": "central"}]
COMMITTEES = [{"key": key, "label": {"en": key}} for key in ("crafts", "central")]


def programme(session: Session, **parts: Any) -> Programme:
    """One form, then a round with two committees by category."""
    asked = play.collect("plan", {"questions": [{**KIND, "key": "genre"}]})
    shape = {"categories": CATEGORIES, "category": "applicant.kind", "applicant": APPLICANT, "languages": ["en"], "routing": ROUTING}
    return play.programme(session, asked, play.judge("round", keep=2), committees=COMMITTEES, **{**shape, **parts})


def imported(session: Session, of: Programme, **kinds_: str) -> list[Submission]:
    """Import applicants by code and kind, and invite those that were not."""
    rows = [TargetRow(code, {"name": f"Maker {code}", "kind": kind}) for code, kind in kinds_.items()]
    operations.import_targets(session, of, rows, by=SYSTEM, now=NOW)
    groups = session.scalars(select(Group).where(Group.programme_id == of.id, Group.code.in_(kinds_)).order_by(Group.code))
    return [stages.invite(session, programme=of, group=group, by=SYSTEM, now=NOW) for group in groups]


def committees(session: Session) -> dict[str, str]:
    rows = session.execute(select(Group.code, Entry.committee).join(Submission, Submission.group_id == Group.id).join(Entry))
    return {code: committee for code, committee in rows}  # noqa: C416  # rows are no pairs to a type checker


def accepted(session: Session, *submissions: Submission, genre: str = "food") -> None:
    for one in submissions:
        play.file(session, one, "plan", genre=genre)


def test_category_of_the_applicant_is_fixed_when_judging_opens(session: Session) -> None:
    of = programme(session)
    one, two = imported(session, of, a="food", b="craft")
    accepted(session, one, two)
    imported(session, of, a="craft")  # corrected before judging opens
    play.open_round(session, of, "round")
    assert [one.category, two.category] == ["craft", "craft"]
    assert committees(session) == {"a": "crafts", "b": "crafts"}
    imported(session, of, b="food")
    placing.place(session, of, [one.id, two.id], now=NOW)
    assert (two.category, committees(session)["b"]) == ("craft", "crafts")


def test_category_of_an_accepted_form_is_fixed_when_judging_opens(session: Session) -> None:
    of = programme(session, category="plan.genre")
    (one,) = imported(session, of, a="food")
    accepted(session, one, genre="craft")
    assert not one.category
    play.open_round(session, of, "round")
    assert [one.category, committees(session)] == ["craft", {"a": "crafts"}]


def test_an_english_programme_without_a_place_is_played_by_those_who_are_nowhere(session: Session) -> None:
    of = programme(session)
    (one,) = imported(session, of, a="food")
    group = session.get_one(Group, one.group_id)
    assert (group.province, group.amphoe, group.tambon, group.contact_name, group.email) == ("", "", "", "Maker a", None)


def test_an_import_that_changes_somebody_has_the_programme_placed_again(session: Session) -> None:
    of = programme(session)
    waiting = select(Job.subject_id).where(Job.kind == kinds.PLACE_PROGRAMME.name)
    before = len(session.scalars(waiting).all())
    imported(session, of, a="food")
    imported(session, of, a="food")
    imported(session, of, a="food")
    unchanged = select(Event.data["groups_changed"]).where(Event.kind == EventKind.TARGETS_IMPORTED)
    assert (list(session.scalars(unchanged)), len(session.scalars(waiting).all())) == ([0, 0, 0], before)
    session.execute(delete(Job))
    imported(session, of, a="craft")
    assert session.scalars(waiting).all() == [of.id]


def test_a_yes_of_the_applicant_may_lead_to_a_committee(session: Session) -> None:
    asked = {"questions": [*APPLICANT["questions"], {"key": "local", "type": "consent", "required": False, "label": {"en": "Local"}}]}
    of = programme(
        session, applicant=asked, routing=[{"committee": "crafts", "answers": {"applicant.local": "yes"}}, {"committee": "central"}]
    )
    one, two = imported(session, of, a="food", b="food")
    local = session.get_one(Group, one.group_id)
    local.answers = {**local.answers, "local": True}
    accepted(session, one, two)
    play.open_round(session, of, "round")
    assert committees(session) == {"a": "crafts", "b": "central"}
