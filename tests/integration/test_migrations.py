"""The migrations make exactly the tables of the models, can be taken back, and keep what people had."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from sqlalchemy import Connection, Engine, create_engine, func, select, text
from sqlalchemy.orm import Session

from shared import events, invariants
from shared.awards import queries as awards
from shared.database import migrate
from shared.events import SYSTEM, Event, EventKind
from shared.listing import filings
from shared.listing.standing import standings
from shared.messages.composing import compose, plan
from shared.messages.message import Site
from shared.notifications.models import Notification
from shared.payments import queries as payments
from shared.people import codes
from shared.people.models import Code
from shared.programmes.definition import Definition
from shared.programmes.models import Programme
from shared.programmes.upgrading import upgrade
from shared.queue.kinds import KINDS
from shared.queue.models import Job
from shared.reviews.models import Assignment, Ballot, Entry
from shared.stages import placing
from shared.submissions import preparation, queries, reminding
from shared.submissions.filings import context
from shared.submissions.filings.context import FilingContext
from shared.submissions.models import Filing, FilingVersion, Receipt, Submission
from shared.submissions.receipts.finding import genuine
from shared.tables import metadata
from shared.validation.outcome import decide_outcome

FIXTURES = Path(__file__).parents[1] / "fixtures"
VERSIONS = "shared.database.migrations.versions"
BEFORE = "2026_11_25_award_rules"
SECRET = "before-stages-before-stages-before"
"""What the data of the release before were signed with."""
SITE = Site("https://omsap.example", SECRET)
ROWS = "SELECT * FROM {} ORDER BY id"
DAY = datetime(2020, 6, 4, 2, tzinfo=UTC)
"""When the second programme of these data is on its way."""
WAYS = {
    "LT63-0001": "awarded", "LT63-0002": "awarded", "LT63-0003": "awarded", "LT63-0004": "not_awarded", "LT63-0005": "not_shortlisted",
    "LT63-0006": "accepted", "SC63-0001": "shortlisted", "SC63-0002": "shortlisted", "SC63-0003": "invited", "SC63-0004": "accepted",
    "SC63-0005": "submitted", "SC63-0006": "returned", "SC63-0007": "returned", "SC63-0008": "open", "SC63-0009": "submitted",
}  # fmt: skip
"""Where each submission was, and is."""
NEW_FACTS = {"stage", "stage_th", "stage_en", "filed_by", "reason"}
"""What messages of the release before do not know."""
OLD_TABLES = ("submissions", "grants", "codes", "jobs", "events", "receipts", "uploads", "entries", "assignments", "ballots", "programmes")


@contextmanager
def database(stack: dict[str, Any], name: str, revision: str = "head") -> Iterator[tuple[str, Engine]]:
    """An empty database of its own, migrated up to a revision: its address and an engine."""
    admin = create_engine(stack["database_url"], isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = stack["database_url"].rsplit("/", 1)[0] + f"/{name}"
    made = create_engine(url)
    try:
        migrate.upgrade(url, revision)
        yield url, made
    finally:
        made.dispose()
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name}"))
        admin.dispose()


@pytest.fixture(scope="module")
def moved(stack: dict[str, Any]) -> Iterator[tuple[str, Engine]]:
    """The data of the release before stages, migrated."""
    with database(stack, "moved", BEFORE) as (url, made):
        with made.begin() as connection:
            connection.exec_driver_sql((FIXTURES / "before-stages.sql").read_text(encoding="utf-8"))
        migrate.upgrade(url)
        yield url, made


@pytest.fixture
def old(moved: tuple[str, Engine]) -> Iterator[Session]:
    """A session on these data whose work is rolled back."""
    with Session(moved[1]) as session:
        yield session
        session.rollback()


def submission(session: Session, reference: str) -> Submission:
    return session.scalars(select(Submission).where(Submission.reference == reference)).one()


def filing(session: Session, reference: str) -> FilingContext:
    id_ = session.scalars(select(Filing.id).where(Filing.submission_id == submission(session, reference).id)).one()
    return context.of_filing(session, id_, lock=True)


def ways(session: Session) -> dict[str, str]:
    found = standings(session, session.scalars(select(Submission.id)).all())
    return {row.reference: found[row.id].value for row in session.scalars(select(Submission).order_by(Submission.reference))}


def versions(session: Session, reference: str) -> list[tuple[str, list[str]]]:
    """What was submitted, the oldest first: what became of it, and its files."""
    found = context.versions(session, filing(session, reference).filing.id)[::-1]
    files = queries.files_of(session, found)
    return [(version.status.value, [upload.filename for upload in files[version.id]]) for version in found]


def test_database_has_the_tables_of_the_models(engine: Engine) -> None:
    assert migrate.differences(engine, metadata) == []


def test_migrations_go_up_down_and_up(stack: dict[str, Any]) -> None:
    with database(stack, "up_and_down") as (url, made):
        migrate.downgrade(url)
        migrate.upgrade(url)
        assert migrate.differences(made, metadata) == []


def test_addresses_there_were_become_contact_points(stack: dict[str, Any]) -> None:
    group = "INSERT INTO groups (id, code, name, village_no, tambon, amphoe, province, business, contact_name, email) VALUES"
    with database(stack, "with_addresses", import_module(f"{VERSIONS}.2026_11_25_contact_points").down_revision) as (url, made):
        with made.begin() as connection:
            _old_programme(connection, "a", "กรม")
            connection.execute(text("INSERT INTO accounts (id, email, name) VALUES (gen_random_uuid(), 'chair@example.org', 'ประธาน')"))
            connection.execute(text(f"{group} (gen_random_uuid(), 'G-1', 'ก', '1', 'ก', 'ข', 'ค', 'ขนม', 'ง', 'g@example.org')"))
            connection.execute(text(f"{group} (gen_random_uuid(), 'G-2', 'ก', '1', 'ก', 'ข', 'ค', 'ขนม', 'ง', NULL)"))
            connection.execute(text("INSERT INTO targets SELECT gen_random_uuid(), programmes.id, groups.id FROM programmes, groups"))
        migrate.upgrade(url)
        with made.begin() as connection:
            points = connection.execute(
                text(
                    """SELECT channel, address, accounts.email, groups.code FROM contact_points
                       LEFT JOIN accounts ON accounts.id = account_id LEFT JOIN groups ON groups.id = group_id ORDER BY address"""
                )
            ).all()
    assert [tuple(row) for row in points] == [
        ("email", "chair@example.org", "chair@example.org", None),
        ("email", "g@example.org", None, "G-1"),
    ]


def test_every_submission_is_where_it_was_before_stages(old: Session, moved: tuple[str, Engine]) -> None:
    assert ways(old) == WAYS
    assert migrate.differences(moved[1], metadata) == []
    assert [row.saved_by for row in old.execute(text("SELECT saved_by FROM programme_versions"))] == ["officer", "officer"]


def test_everything_that_must_hold_holds_of_what_was_moved(moved: tuple[str, Engine]) -> None:
    with Session(moved[1]) as session:
        invariants.check(session)


def test_what_a_group_had_submitted_is_a_version_with_its_files(old: Session) -> None:
    assert versions(old, "LT63-0001") == [("passed", ["แผน1.pdf", "แผน2.pdf", "คลิป.mp4"])]
    assert versions(old, "LT63-0003") == [("passed", ["คลิป.mp4"])]  # before there were receipts
    late = [("replaced", ["แผน.pdf", "คลิปยาว.mp4"]), ("passed", ["แผน.pdf", "คลิปสั้น.mp4", "แผน2.pdf"])]
    assert versions(old, "LT63-0006") == late
    assert versions(old, "SC63-0005") == [("replaced", ["แผน.pdf", "คลิปแรก.mp4"]), ("checking", ["แผน.pdf", "คลิปแก้.mp4"])]
    assert versions(old, "SC63-0006") == [("failed", ["แผน.pdf", "คลิปยาว.mp4"])]  # not the copy of the clip that was sent since
    assert versions(old, "SC63-0003") == versions(old, "SC63-0008") == []
    accepted = old.get_one(FilingVersion, filing(old, "LT63-0006").filing.version_id)
    assert accepted.bound["plan"]["data"]["pages"] == 8
    (returned,) = context.versions(old, filing(old, "SC63-0006").filing.id)
    assert returned.findings == [{"item": "clip", "code": "too_long", "data": {"seconds": 400, "limit": 300}}]
    (helped,) = context.versions(old, filing(old, "SC63-0009").filing.id)
    assert [account.name for account in helped_by(old, helped.helper_ids)] == ["officer"]


def helped_by(session: Session, ids: list[UUID]) -> list[Any]:
    return list(session.execute(text("SELECT name FROM accounts WHERE id = ANY(:ids)"), {"ids": ids}))


def test_a_draft_goes_on_with_its_files_until_its_deadline_or_the_end_of_the_time_to_fix(old: Session) -> None:
    draft, returned = filing(old, "SC63-0008"), filing(old, "SC63-0006")
    assert draft.stage.key == "screening_step"
    assert [upload.filename for upload in queries.draft_uploads(old, [draft.filing.id])[draft.filing.id]] == ["แผน.pdf"]
    assert draft.closes.isoformat() == "2020-06-30T16:59:59+00:00"
    assert returned.filing.mend_until == DAY + timedelta(hours=3 + 72)
    assert filing(old, "LT63-0006").filing.mend_until is None  # submitted again after the deadline: it has no time to fix again


def test_a_receipt_of_before_is_still_genuine_and_of_its_version(old: Session) -> None:
    receipts = old.scalars(select(Receipt).order_by(Receipt.code)).all()
    assert len(receipts) == 9
    for receipt in receipts:
        assert genuine(old, receipt.code, secret=SECRET).receipt.id == receipt.id
        version = old.get_one(FilingVersion, receipt.version_id)
        files = queries.files_of(old, [version])[version.id]
        assert {upload.sha256 for upload in files} == {file["sha256"] for file in receipt.document["files"]}
    replaced = {receipt.document["reference"] for receipt in receipts if genuine(old, receipt.code, secret=SECRET).replaced_at}
    assert replaced == {"LT63-0006", "SC63-0005"}


def test_a_committee_goes_on_where_it_was(old: Session) -> None:
    second = old.scalars(select(Programme).where(Programme.slug == "second")).one()
    assert filings.rounds(old, second.id) == {"screening": (2, 2), "selection": (2, 1)}
    tables = ("filings", "entries", "ballots", "assignments", "payments", "outcomes")
    before = {table: old.execute(text(ROWS.format(table))).all() for table in tables}
    for programme in old.scalars(select(Programme)):
        ids = old.scalars(select(Submission.id).where(Submission.programme_id == programme.id)).all()
        placing.place(old, programme, ids, now=DAY + timedelta(days=9))
    old.flush()
    assert {table: old.execute(text(ROWS.format(table))).all() for table in tables} == before
    assert old.scalar(select(func.count()).select_from(Ballot).where(Ballot.submitted_at.is_not(None))) == 12
    claimed = select(Entry).join(Assignment).where(Assignment.status == "claimed")
    assert [entry.made_at for entry in old.scalars(claimed)] == [DAY + timedelta(days=4)]


def test_what_was_awarded_is_decided_and_due(old: Session) -> None:
    little = old.scalars(select(Programme).where(Programme.slug == "little")).one()
    found = [(one.reference, outcome.level, str(outcome.amount)) for outcome, one, _ in awards.awarded(old, little.id)]
    assert found == [("LT63-0001", "outstanding", "90000.00"), ("LT63-0002", "good", "50000.50"), ("LT63-0003", "honour", "0.00")]
    ((stage, status, count, total),) = payments.totals(old, little.id)
    assert (stage, status, count, str(total)) == ("support", "due", 2, "140000.50")


def test_a_code_of_before_confirms_what_an_officer_prepared(old: Session) -> None:
    of = filing(old, "SC63-0007")
    code = old.scalars(select(Code).where(Code.subject_id == of.filing.id)).one()
    now = DAY + timedelta(hours=8)
    typed = codes.written(code, secret=SECRET)
    assert preparation.confirm_by_code(old, of, typed=typed, helper=SYSTEM, secret=SECRET, now=now) is None
    assert versions(old, "SC63-0007")[1:] == [("checking", ["แผน.pdf", "คลิปใหม่.mp4"])]


def test_jobs_that_waited_go_on(old: Session) -> None:
    kinds = old.scalars(select(Job.kind).distinct()).all()
    assert set(kinds) <= set(KINDS)
    binding = old.scalars(select(Job).where(Job.kind == "documents.bind_documents")).one()
    assert old.get_one(FilingVersion, binding.subject_id).id == filing(old, "SC63-0004").filing.version_id
    assert old.scalars(select(Job.subject_id).where(Job.kind == "routing.place_submission")).all() == [submission(old, "SC63-0004").id]
    (settling,) = old.scalars(
        select(Job).where(Job.kind == "validation.settle_filing", Job.submission_id == submission(old, "SC63-0005").id)
    )
    decide_outcome(old, settling.subject_id, now=DAY + timedelta(hours=9))
    assert ways(old)["SC63-0005"] == "accepted"
    programmes = old.scalars(select(Job.subject_id).where(Job.kind == "routing.place_programme").distinct()).all()
    assert [old.get_one(Programme, id_).slug for id_ in programmes] == ["second"]


def test_messages_about_events_of_before_are_written(old: Session) -> None:
    waiting = old.scalars(select(Job).where(Job.kind == "notification.notify").order_by(Job.id)).all()
    for job in waiting:
        plan(old, event_id=job.subject_id, message=job.data["message"], site=SITE, now=DAY)
    receipt = old.scalars(select(Receipt).where(Receipt.submission_id == submission(old, "SC63-0009").id)).one()
    of = submission(old, "SC63-0009")
    made = events.append(
        old, EventKind.RECEIPT_MADE, subject_id=receipt.id, submission_id=of.id, programme_id=of.programme_id, by=SYSTEM, now=DAY
    )
    plan(old, event_id=made.id, message="submission_received", site=SITE, now=DAY)
    old.flush()
    planned = old.scalars(select(Notification).order_by(Notification.message)).all()
    told = ["confirmation", "reminder", "round_opened", "submission_accepted", "submission_received", "submission_returned"]
    assert sorted(row.message for row in planned) == told
    for row in planned:
        written = compose(old, row, site=SITE)[0]
        assert "https://omsap.example" in written.text
        # One that was planned by the release before, and is sent by this one, lacks what is new.
        row.context = {name: fact for name, fact in row.context.items() if name not in NEW_FACTS}
        assert compose(old, row, site=SITE)[0] == written


def test_a_group_is_not_reminded_again_of_what_it_was_reminded_of_before(old: Session) -> None:
    of = filing(old, "SC63-0003")
    reminding.remind(old, [of], now=of.filing.due_at - timedelta(days=7, hours=1))
    reminding.remind(old, [of], now=of.filing.due_at - timedelta(days=1, hours=1))
    old.flush()
    reminded = old.scalars(select(Event).where(Event.kind == EventKind.SUBMISSION_REMINDED).order_by(Event.id))
    assert [event.data["days"] for event in reminded] == [7, 1]


def test_what_was_moved_goes_back_as_it_was_and_again(stack: dict[str, Any]) -> None:
    with database(stack, "back_and_forth", BEFORE) as (url, made):

        def rows() -> dict[str, list[Any]]:
            with made.connect() as connection:
                return {table: list(connection.execute(text(ROWS.format(table))).mappings()) for table in OLD_TABLES}

        with made.begin() as connection:
            connection.exec_driver_sql((FIXTURES / "before-stages.sql").read_text(encoding="utf-8"))
        before = rows()
        migrate.upgrade(url)
        migrate.downgrade(url, BEFORE)
        assert rows() == before
        migrate.upgrade(url)
        with Session(made) as session:
            assert ways(session) == WAYS
            assert versions(session, "SC63-0006") == [("failed", ["แผน.pdf", "คลิปยาว.mp4"])]
        with Session(made) as session:
            invariants.check(session)


@pytest.mark.parametrize(
    "changes", [{}, {"deadline": "screening", "milestones": [{"key": "screening", "by": "2020-05-29T23:59:59+07:00"}]}]
)
def test_the_move_reads_older_documents_as_the_program_does(changes: dict[str, Any]) -> None:
    document = yaml.safe_load((FIXTURES / "programme-format-1.yaml").read_text(encoding="utf-8"))
    document = {key: str(value) if isinstance(value, datetime) else value for key, value in document.items()}
    milestones = [{**one, "by": one["by"].isoformat()} for one in document["milestones"] if isinstance(one["by"], datetime)]
    written = {**document, "milestones": milestones, **changes}
    labelled = [{"label": {"th": "ก", "en": "a"}, **one} for one in written["milestones"]]
    definition = Definition.stored(upgrade({**written, "milestones": labelled}).document)
    stages = import_module(f"{VERSIONS}.2026_11_25_stages_backfill").stages_of
    for read in (stages(written), stages(definition.model_dump(mode="json", by_alias=True))):
        collect, support = definition.collects[0], definition.supports[0]
        assert (read.stage, read.due_at, read.support) == (collect.key, collect.by, support.key)
        assert (read.grace_minutes, read.mend_hours, read.support_due_at) == (collect.grace_minutes, collect.mend_hours, support.by)
        assert read.selecting == [judge.key for judge in definition.judges if judge.levels]


def test_the_move_takes_every_submission_once_in_batches(moved: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch) -> None:
    backfill = import_module(f"{VERSIONS}.2026_11_25_stages_backfill")
    monkeypatch.setattr(backfill, "BATCH", 4)
    with moved[1].connect() as connection:
        sizes = [len(batch["ids"]) for batch in backfill._batches(connection)]
        ids = {id_ for batch in backfill._batches(connection) for id_ in batch["ids"]}
    assert (sizes, len(ids)) == ([4, 2, 4, 4, 1], 15)


GROUPS = """
    INSERT INTO groups (id, code, name, village_no, tambon, amphoe, province, business, contact_name, email, phone) VALUES
      (gen_random_uuid(), 'SG-1', 'กลุ่มหนึ่ง', '3', 'ต.ดอนไฟ', 'แม่ทะ', 'จ.ลำปาง', 'ขนม', 'ง', 'one@x.example', '081-234 5678'),
      (gen_random_uuid(), 'SG-2', 'กลุ่มสอง', '4', 'ดอนไฟ', 'แม่ทะ', 'ลำปาว', 'ผ้า', 'ง', NULL, '1'),
      (gen_random_uuid(), 'SG-3', 'กลุ่มที่ไม่มีใครเชิญ', '4', 'ดอนไฟ', 'แม่ทะ', 'ลำปาง', 'ผ้า', 'ง', 'three@x.example', NULL);
    INSERT INTO contact_points (id, group_id, channel, address)
      SELECT gen_random_uuid(), id, 'email', email FROM groups WHERE email IS NOT NULL;
    INSERT INTO targets (id, programme_id, group_id)
      SELECT gen_random_uuid(), programmes.id, groups.id FROM programmes, groups WHERE code = 'SG-1' AND slug IN ('a', 'b');
    INSERT INTO submissions (id, programme_id, group_id, reference)
      SELECT gen_random_uuid(), programmes.id, groups.id, slug || '-' || code FROM programmes, groups
      WHERE (code, slug) IN (('SG-1', 'a'), ('SG-1', 'c'), ('SG-2', 'a'));
"""
SNAPSHOTS = """
    SELECT slug, groups.code, reference, address, province, tambon, place_code, phone, answers->>'village_no', answers->>'place'
    FROM groups JOIN programmes ON programmes.id = groups.programme_id
    LEFT JOIN submissions ON submissions.group_id = groups.id LEFT JOIN contact_points ON contact_points.group_id = groups.id
    ORDER BY groups.code, slug
"""


def test_each_group_there_was_becomes_a_snapshot_in_each_of_its_programmes(stack: dict[str, Any]) -> None:
    before = import_module(f"{VERSIONS}.2026_11_25_applicants").down_revision
    first = ("one@x.example", "ลำปาง", "ดอนไฟ", "521007", "+66812345678", "3", "521007")
    second = (None, "ลำปาว", "ดอนไฟ", None, "1", "4", "ต.ดอนไฟ อ.แม่ทะ จ.ลำปาว")
    snapshots = [
        ("a", "SG-1", "a-SG-1", *first),
        ("b", "SG-1", None, *first),
        ("c", "SG-1", "c-SG-1", *first),
        ("a", "SG-2", "a-SG-2", *second),
    ]
    register = [("กรม", "SG-1", 2), ("กรม", "SG-2", 1), ("สำนัก", "SG-1", 1)]
    with database(stack, "with_groups", before) as (url, made):
        with made.begin() as connection:
            for slug, organisation in (("a", "กรม"), ("b", "กรม"), ("c", "สำนัก")):
                _old_programme(connection, slug, organisation)
            connection.exec_driver_sql(GROUPS)
        for _ in range(2):
            migrate.upgrade(url)
            assert migrate.differences(made, metadata) == []
            with made.begin() as connection:
                assert [tuple(row) for row in connection.execute(text(SNAPSHOTS))] == snapshots
                counted = text(
                    """SELECT organisation, register_entries.code, count(*) FROM groups
                       JOIN register_entries ON register_entries.id = register_id GROUP BY 1, 2 ORDER BY 1, 2"""
                )
                assert [tuple(row) for row in connection.execute(counted)] == register
            migrate.downgrade(url, before)
            with made.begin() as connection:
                groups = connection.execute(text("SELECT code, village_no, business, province FROM groups ORDER BY code"))
                assert [tuple(row) for row in groups] == [("SG-1", "3", "ขนม", "ลำปาง"), ("SG-2", "4", "ผ้า", "ลำปาว")]
                of_group = "SELECT code, reference FROM submissions JOIN groups ON groups.id = group_id ORDER BY reference"
                found = [tuple(row) for row in connection.execute(text(of_group))]
                assert found == [("SG-1", "a-SG-1"), ("SG-2", "a-SG-2"), ("SG-1", "c-SG-1")]
                assert connection.scalar(text("SELECT count(*) FROM contact_points")) == 1


def _old_programme(connection: Connection, slug: str, organisation: str) -> None:
    """A programme as its row was before there were snapshots."""
    milestones = [{"key": "hand_in", "by": "2020-05-29T23:59:59+07:00"}]
    about = {"slug": slug, "organisation": {"th": organisation, "en": organisation}}
    document = json.dumps({**about, "milestones": milestones, "deadline": "hand_in", "rounds": []})
    values = {"slug": slug, "document": document}
    connection.execute(
        text(
            """INSERT INTO programmes (id, slug, document, version, next_reference, frozen_rounds)
               VALUES (gen_random_uuid(), :slug, CAST(:document AS jsonb), 1, 1, '[]')"""
        ),
        values,
    )
