"""Saving a programme's document: two editors, work that is filed, deadlines, prefixes that are taken."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import factories
import pytest
from factories import NOW
from factories import stages as play
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.database.versions import Edit, EditedMeanwhile
from shared.events import SYSTEM, Event, EventKind
from shared.events.actor import Actor, ActorKind
from shared.programmes import queries
from shared.programmes.definition import Definition
from shared.programmes.models import Opening, Programme
from shared.stages import opening, saving
from shared.stages.saving import Saved
from shared.stages.sharing import PrefixInUse
from shared.stages.stranding import FiledWorkStranded
from shared.submissions.filings import answers, settling
from shared.submissions.lifecycle import FilingStatus
from shared.submissions.models import Filing, Submission

ANNA, BORIS = (Actor(ActorKind.STAFF, None, name) for name in ("Anna", "Boris"))
METHODS = [{"key": "market", "label": {"en": "Market"}}, {"key": "tender", "label": {"en": "Tender"}}]
RECORD: dict[str, Any] = {
    "questions": [
        {"key": "method", "type": "choice", "label": {"en": "Method"}, "options": METHODS},
        {
            "key": "bought",
            "type": "table",
            "label": {"en": "Bought"},
            "columns": [
                {"key": "what", "type": "short_text", "label": {"en": "What"}},
                {"key": "how", "type": "choice", "label": {"en": "How"}, "options": METHODS},
            ],
        },
        {"key": "note", "type": "short_text", "label": {"en": "Note"}, "required": False},
    ],
    "items": [{"key": "proof", "label": {"en": "Proof"}, "types": ["pdf"], "max_bytes": 1_000_000, "required": False}],
}


def document(of: Programme) -> dict[str, Any]:
    """The programme's document, to be edited."""
    return of.definition.model_dump(mode="json")


def save(session: Session, changed: dict[str, Any], *, began_from: int | None = None, by: Actor = SYSTEM, **more: Any) -> Saved:
    """Save an edited document."""
    return saving.save(session, Definition.model_validate(changed), began_from=began_from, by=by, now=NOW, **more)


def form_of(changed: dict[str, Any], stage: int = 0) -> dict[str, Any]:
    """The form of a stage of a document."""
    form: dict[str, Any] = changed["stages"][stage]["form"]
    return form


def filing(session: Session, of: Submission, stage: str) -> Filing:
    """A filing as the database has it."""
    session.expire_all()
    return factories.filing_of(session, of.id, stage)


def test_two_editors_see_both_documents_and_nothing_is_lost(session: Session) -> None:
    of = play.programme(session, play.collect("plan"))
    mine, theirs = document(of) | {"name": {"en": "Mine"}}, document(of) | {"name": {"en": "Theirs"}}
    assert save(session, theirs, began_from=1, by=ANNA).programme.version == 2
    with pytest.raises(EditedMeanwhile) as refused:
        save(session, mine, began_from=1, by=BORIS)
    (clash,) = refused.value.facts["clashes"]
    assert (clash["mine"]["name"]["en"], clash["theirs"]["name"]["en"], clash["version"], clash["saved_by"]) == (
        "Mine",
        "Theirs",
        2,
        "Anna",
    )
    assert of.definition.name.en == "Theirs"
    assert save(session, mine, began_from=2, by=BORIS).programme.version == 3
    assert [(one.version, one.saved_by) for one in queries.versions(session, of.id)] == [(3, "Boris"), (2, "Anna"), (1, "system")]


def test_the_same_again_is_no_clash_and_no_version(session: Session) -> None:
    of = play.programme(session, play.collect("plan"))
    changed = document(of) | {"name": {"en": "Theirs"}}
    save(session, changed, began_from=1)
    assert not save(session, changed, began_from=1).changed
    assert save(session, document(of) | {"name": {"en": "On purpose"}}).programme.version == 3


def test_filings_move_to_the_new_document_and_versions_stay(session: Session) -> None:
    of = play.programme(session, play.collect("plan"))
    groups = [play.invited(session, of, number) for number in (1, 2)]
    play.file(session, groups[0], "plan")
    changed = document(of) | {"name": {"en": "Renamed"}}
    assert save(session, changed).filings == 2
    assert {filing(session, group, "plan").document_version for group in groups} == {2}
    version = play.filing(session, groups[0], "plan").filing.version_id
    assert version is not None
    events = session.scalars(select(Event).where(Event.kind == EventKind.FILING_MOVED)).all()
    assert [(event.subject_id, event.data) for event in events] == [(of.id, {"version": 2, "filings": 2, "deadlines": 0})]


def test_an_extended_deadline_is_never_shortened(session: Session) -> None:
    of = play.programme(session, play.collect("plan"))
    groups = [play.invited(session, of, number) for number in (1, 2)]
    own = datetime(2021, 2, 1, tzinfo=UTC)
    settling.extend(session, play.filing(session, groups[1], "plan"), until=own, reason="flood", by=SYSTEM, now=NOW)
    changed = document(of)
    changed["stages"][0]["by"] = "2020-09-30"
    save(session, changed)
    end_of_september = datetime(2020, 9, 30, 16, 59, 59, tzinfo=UTC)
    assert [filing(session, group, "plan").due_at for group in groups] == [end_of_september, own]
    changed["stages"][0]["by"] = "2021-06-30"
    save(session, changed)
    end_of_june = datetime(2021, 6, 30, 16, 59, 59, tzinfo=UTC)
    assert [filing(session, group, "plan").due_at for group in groups] == [end_of_june, end_of_june]
    moved = session.scalars(select(Event).where(Event.kind == EventKind.FILING_MOVED).order_by(Event.id)).all()
    assert [event.data["deadlines"] for event in moved] == [1, 2]


def test_terms_are_counted_anew_from_what_made_each_belong(session: Session) -> None:
    of = play.programme(session, play.collect("plan", by={"days": 7}))
    groups = [play.invited(session, of, number, now=NOW + timedelta(days=3 * number)) for number in (0, 1)]
    own = datetime(2020, 7, 31, tzinfo=UTC)
    settling.extend(session, play.filing(session, groups[1], "plan"), until=own, reason="flood", by=SYSTEM, now=NOW)
    changed = document(of)
    changed["stages"][0]["by"] = {"days": 14}
    save(session, changed)
    assert [filing(session, group, "plan").due_at.date() for group in groups] == [date(2020, 6, 15), own.date()]


NUMBER = {"key": "note", "type": "number", "label": {"en": "Note"}, "required": False}
GONE: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a question": (lambda form: form["questions"].pop(2), "record.note"),
    "another type under its key": (lambda form: form["questions"].__setitem__(2, NUMBER), "record.note"),
    "an option": (lambda form: form["questions"][0]["options"].pop(0), "record.method.market"),
    "a column": (lambda form: form["questions"][1]["columns"].pop(0), "record.bought.what"),
    "an option of a column": (lambda form: form["questions"][1]["columns"][1]["options"].pop(1), "record.bought.how.tender"),
    "an item": (lambda form: form["items"].pop(), "record.proof"),
}
TYPED: dict[str, Any] = {"method": "market", "bought": [{"what": "Oven", "how": "tender"}], "note": "old"}


@pytest.mark.parametrize("part", GONE)
@pytest.mark.parametrize("way", ["drafted", "submitted"])
def test_what_holds_work_stays_in_the_document(session: Session, part: str, way: str) -> None:
    change, path = GONE[part]
    of = play.programme(session, play.collect("record", RECORD))
    group, idle = (play.invited(session, of, number) for number in (1, 2))
    if way == "submitted":
        play.file(session, group, "record", **TYPED)
    else:
        about = play.filing(session, group, "record")
        answers.save(session, about, [Edit(key, value, None) for key, value in TYPED.items()], by=SYSTEM, now=NOW)
        factories.upload(session, group.id, filing_id=about.filing.id, kind="proof")
    changed = document(of)
    change(form_of(changed))
    with pytest.raises(FiledWorkStranded) as refused:
        save(session, changed)
    assert [(one["path"], one["stage"], one["count"]) for one in refused.value.facts["stranded"]] == [(path, "record", 1)]
    assert "(submissions: 1)" in refused.value.detail("en")
    assert of.version == 1
    assert idle.id


def test_what_nobody_used_may_go(session: Session) -> None:
    of = play.programme(session, play.collect("record", RECORD))
    group = play.invited(session, of)
    play.file(session, group, "record", **{**TYPED, "note": None})
    changed = document(of)
    form = form_of(changed)
    form["questions"].pop(2)
    form["questions"][0]["options"].pop(1)
    form["items"][0]["label"] = {"en": "Receipt"}
    assert save(session, changed).changed


def test_stage_with_drafts_stays_and_one_without_goes(session: Session) -> None:
    of = play.programme(session, play.collect("plan"), play.collect("record", play.NOTE))
    group = play.invited(session, of)
    changed = document(of)
    stages = changed["stages"]
    answers.save(session, play.filing(session, group, "record"), [Edit("note", "typed", None)], by=SYSTEM, now=NOW)
    changed["stages"] = stages[:1]
    with pytest.raises(FiledWorkStranded) as refused:
        save(session, changed)
    assert [one["path"] for one in refused.value.facts["stranded"]] == ["record"]
    changed["stages"] = stages[1:]
    assert save(session, changed).changed
    assert filing(session, group, "plan").status is FilingStatus.LAPSED
    assert filing(session, group, "record").status is FilingStatus.OPEN


def test_stages_with_entries_and_payments_stay(session: Session) -> None:
    levels = [play.level("gold", 1, 90_000)]
    of = play.programme(
        session, play.collect("plan"), play.judge("selection", levels=levels), play.support("money", **{"for": {"selection": "gold"}})
    )
    group = play.invited(session, of)
    play.file(session, group, "plan")
    play.judged(session, of, "selection", {group.reference: 9})
    changed = document(of)
    changed["stages"] = changed["stages"][:1]
    with pytest.raises(FiledWorkStranded) as refused:
        save(session, changed)
    assert [(one["path"], one["count"]) for one in refused.value.facts["stranded"]] == [("selection", 1), ("money", 1)]


def test_stage_that_begins_later_now_begins_again(session: Session) -> None:
    of = play.programme(session, play.collect("plan", opens="2020-05-01"))
    assert opening.open_due(session, now=NOW) == 1
    row = session.scalars(select(Opening)).one()
    row.done_at = NOW
    session.flush()
    changed = document(of)
    changed["stages"][0]["opens"] = "2020-07-01"
    save(session, changed)
    assert opening.open_due(session, now=NOW) == 0
    assert opening.open_due(session, now=NOW + timedelta(days=31)) == 1


def test_prefix_of_another_programme_is_refused_naming_it_where_it_may_be_known(session: Session) -> None:
    of = play.programme(session, play.collect("plan"))
    copy = document(of) | {"slug": "copy", "name": {"en": "Copy"}}
    with pytest.raises(PrefixInUse) as refused:
        save(session, copy)
    assert "the programme “Stages” (stages)" in refused.value.detail("en")
    with pytest.raises(PrefixInUse) as refused:
        save(session, copy, seen=lambda programme: False)
    assert "another programme" in refused.value.detail("en")
    assert "stages" not in str(refused.value.facts)
    assert save(session, copy | {"reference_prefix": "CP63"}).changed


def test_prefix_that_gave_out_references_stays_taken(session: Session) -> None:
    of = play.programme(session, play.collect("plan"))
    play.invited(session, of)
    save(session, document(of) | {"reference_prefix": "NEW63"})
    with pytest.raises(PrefixInUse):
        save(session, document(of) | {"slug": "copy"} | {"reference_prefix": "ST63"})
