"""The data move into stages: what a group sent becomes a filing with versions, decisions become outcomes, grants become payments.

Plain SQL, 500 submissions a statement; it reads documents by itself, for the program's own reading of them goes on changing.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from alembic import op
from sqlalchemy import Connection, text

revision = "2026_11_25_stages_backfill"
down_revision = "2026_11_25_stages_expand"
branch_labels = None
depends_on = None

BATCH = 500
"""Submissions in one statement."""


@dataclass(frozen=True, slots=True)
class Stages:
    """What the move needs of a programme's document."""

    stage: str
    """The key of the stage that collects first."""
    due_at: datetime | None
    """None: `due_days` after the submission was made."""
    due_days: int
    grace_minutes: int
    mend_hours: int
    selecting: list[str]
    """Keys of the rounds that fill levels."""
    support: str
    """The key of the stage that pays."""
    support_due_at: datetime | None


def upgrade() -> None:
    connection = op.get_bind()
    connection.execute(text(ID_AT))
    connection.execute(text(PROGRAMME_VERSIONS))
    for batch in _batches(connection):
        for statement in MOVES:
            connection.execute(text(statement), batch)
    connection.execute(text(ROUND_JOBS))


def downgrade() -> None:
    connection = op.get_bind()
    connection.execute(text(ID_AT))
    connection.execute(text("ANALYZE filings, filing_versions, outcomes, payments"))  # what was filled a moment ago is not known to be big
    for batch in _batches(connection):
        for statement in RETURNS:
            connection.execute(text(statement), batch)
    for statement in (ROUND_JOBS_BACK, *LEFTOVERS):
        connection.execute(text(statement))


def _batches(connection: Connection) -> Iterator[dict[str, Any]]:
    """Yield the parameters of the statements: a batch of submissions, and what their programme's document says."""
    for programme in connection.execute(text("SELECT id, version, document FROM programmes ORDER BY id")).all():
        stages = stages_of(programme.document)
        if stages is None:
            continue
        last = UUID(int=0)
        while ids := list(connection.scalars(text(NEXT), {"programme": programme.id, "last": last, "batch": BATCH})):
            yield {"ids": ids, "programme": programme.id, "version": programme.version, **asdict(stages)}
            last = ids[-1]


def stages_of(document: dict[str, Any]) -> Stages | None:
    """Return what a document of either format says; None for one that collects nothing."""
    if "stages" in document:
        stages = document["stages"]
        collect = next((stage for stage in stages if stage["kind"] == "collect"), None)
        judges = [stage for stage in stages if stage["kind"] == "judge"]
        support = next((stage for stage in stages if stage["kind"] == "support"), {"key": "support"})
    else:
        collect, judges, support = _stages_of_format_1(document)
    if collect is None:
        return None
    zone = ZoneInfo(document.get("timezone", "Asia/Bangkok"))
    by = collect["by"]
    return Stages(
        stage=collect["key"],
        due_at=_instant(by, zone),
        due_days=by["days"] if isinstance(by, dict) else 0,
        grace_minutes=collect.get("grace_minutes", 0),
        mend_hours=collect.get("mend_hours", 0),
        selecting=[judge["key"] for judge in judges if judge.get("levels")],
        support=support["key"],
        support_due_at=_instant(support.get("by"), zone),
    )


def _stages_of_format_1(document: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]:
    """Return the stages that format 1 is read as: of the deadline, of each round, and of what is awarded."""
    milestones = {milestone["key"]: milestone["by"] for milestone in document["milestones"]}
    taken = {round_["key"] for round_ in document["rounds"]}
    collect = {**document, "key": _free(document["deadline"], taken), "by": milestones[document["deadline"]]}
    support = {"key": _free("support", taken | {collect["key"]}), "by": milestones.get("support")}
    return collect, document["rounds"], support


def _free(key: str, taken: set[str]) -> str:
    while key in taken:
        key = f"{key[:36]}_step"
    return key


def _instant(by: Any, zone: ZoneInfo) -> datetime | None:
    """Return when a date of a document is: an instant, or the end of a day; None for a term of days."""
    if not isinstance(by, str):
        return None
    at = datetime.fromisoformat(by)
    return at if at.tzinfo else datetime.combine(at.date(), time(23, 59, 59), zone)


ID_AT = """
    CREATE OR REPLACE FUNCTION pg_temp.id_at(at timestamptz) RETURNS uuid LANGUAGE sql AS $$
      -- A UUIDv7 of that instant: the rows sort as they came about.
      SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
        PLACING substring(int8send((extract(epoch FROM at) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
    $$"""
NEXT = "SELECT id FROM submissions WHERE programme_id = :programme AND id > :last ORDER BY id LIMIT :batch"
PROGRAMME_VERSIONS = """
    INSERT INTO programme_versions (programme_id, version, document, saved_at, saved_by)
    SELECT id, version, document, updated_at, coalesce((
      SELECT actor_name FROM events WHERE programme_id = programmes.id AND kind = 'programme.loaded' ORDER BY id DESC LIMIT 1), 'system')
    FROM programmes ON CONFLICT DO NOTHING"""

OPENED = """
    UPDATE submissions SET opened_at = coalesce(
      (SELECT min(at) FROM events WHERE submission_id = submissions.id AND kind = 'submission.opened'),
      CASE WHEN status <> 'invited' THEN created_at END)
    WHERE id = ANY(CAST(:ids AS uuid[])) AND opened_at IS NULL"""
FILINGS = """
    INSERT INTO filings (id, submission_id, stage, status, filed_by, document_version, made_at, due_at, mend_until, submitted_at,
      returned_at, accepted_at, prepared_at, prepared_by_id, prepared_by)
    SELECT pg_temp.id_at(created_at), id, :stage,
      CASE WHEN status IN ('invited', 'open') THEN 'open' WHEN status IN ('submitted', 'returned') THEN status ELSE 'accepted' END,
      'applicant', :version, created_at, due_at,
      CASE WHEN submitted_at <= due_at + make_interval(mins => CAST(:grace_minutes AS int))
        THEN returned_at + make_interval(hours => CAST(:mend_hours AS int)) END,
      submitted_at, returned_at,
      CASE WHEN status NOT IN ('invited', 'open', 'submitted', 'returned') THEN coalesce(
        (SELECT max(at) FROM events WHERE submission_id = submissions.id AND kind = 'submission.accepted'), submitted_at) END,
      prepared_at, prepared_by_id, prepared_by
    FROM submissions,
      LATERAL (SELECT coalesce(CAST(:due_at AS timestamptz), created_at + make_interval(days => CAST(:due_days AS int))) AS due_at) AS due
    WHERE id = ANY(CAST(:ids AS uuid[])) ON CONFLICT DO NOTHING"""
# What was submitted before there were receipts has none: it is what its submission holds.
VERSIONS = """
    INSERT INTO filing_versions (id, filing_id, number, status, document_version, answers, upload_ids, submitted_at, by_kind, by_id,
      by_name, checked_at, helper_ids, findings, bound)
    SELECT pg_temp.id_at(sent.at), filing.id, sent.number, became.status, :version, '{}', array_remove(files.ids, NULL), sent.at,
      coalesce(said.actor_kind, 'group'), CASE WHEN said.id IS NULL THEN submission.id ELSE said.actor_id END,
      coalesce(said.actor_name, 'group'),
      CASE WHEN became.status <> 'checking' THEN coalesce(checked.at, filing.accepted_at, filing.returned_at, sent.at) END,
      ARRAY(SELECT DISTINCT actor_id FROM events WHERE submission_id = submission.id AND kind = 'submission.prepared'
        AND actor_id IS NOT NULL AND at <= sent.at AND sent.document -> 'helped_by' ? actor_name),
      CASE WHEN became.status = 'failed' THEN coalesce(checked.data -> 'findings', '[]') ELSE '[]' END,
      CASE WHEN became.status = 'passed' THEN submission.bound ELSE '{}' END
    FROM submissions AS submission
    JOIN filings AS filing ON filing.submission_id = submission.id AND filing.stage = :stage
    CROSS JOIN LATERAL (
      SELECT id AS receipt_id, issued_at AS at, document, row_number() OVER (ORDER BY id) AS number,
        row_number() OVER (ORDER BY id DESC) = 1 AS is_newest
      FROM receipts WHERE submission_id = submission.id
      UNION ALL
      SELECT NULL, coalesce(submission.submitted_at, submission.created_at), NULL, 1, true
      WHERE filing.status <> 'open' AND NOT EXISTS (SELECT FROM receipts WHERE submission_id = submission.id)) AS sent
    CROSS JOIN LATERAL (
      SELECT CASE WHEN NOT sent.is_newest THEN 'replaced' WHEN filing.status = 'submitted' THEN 'checking'
        WHEN filing.status = 'returned' THEN 'failed' ELSE 'passed' END AS status) AS became
    LEFT JOIN LATERAL (
      SELECT id, actor_kind, actor_id, actor_name FROM events
      WHERE submission_id = submission.id AND kind = 'submission.submitted'
        AND (sent.receipt_id IS NULL OR data ->> 'receipt' = CAST(sent.receipt_id AS text) OR (NOT data ? 'receipt' AND at = sent.at))
      ORDER BY id DESC LIMIT 1) AS said ON true
    LEFT JOIN LATERAL (
      SELECT at, data FROM events
      WHERE submission_id = submission.id AND kind IN ('submission.returned', 'submission.accepted') AND at >= sent.at
      ORDER BY id LIMIT 1) AS checked ON true
    CROSS JOIN LATERAL (
      SELECT CASE WHEN sent.receipt_id IS NULL THEN ARRAY(
          SELECT id FROM uploads
          WHERE submission_id = submission.id AND replaced_at IS NULL AND status IN ('received', 'passed', 'failed') ORDER BY id)
        ELSE ARRAY(
          SELECT (
            -- The same file may have been sent twice: it is the one that began when the receipt says, else the newest.
            SELECT id FROM uploads
            WHERE submission_id = submission.id AND kind = listed.file ->> 'item' AND sha256 = listed.file ->> 'sha256'
            ORDER BY created_at = CAST(listed.file ->> 'begun_at' AS timestamptz) DESC NULLS LAST, id DESC LIMIT 1)
          FROM jsonb_array_elements(sent.document -> 'files') WITH ORDINALITY AS listed (file, place) ORDER BY place) END AS ids) AS files
    WHERE submission.id = ANY(CAST(:ids AS uuid[])) ON CONFLICT DO NOTHING"""
ACCEPTED_VERSIONS = """
    UPDATE filings SET version_id = filing_versions.id FROM filing_versions
    WHERE filing_id = filings.id AND filing_versions.status = 'passed' AND filings.submission_id = ANY(CAST(:ids AS uuid[]))"""
RECEIPTS = """
    UPDATE receipts SET version_id = filing_versions.id
    FROM (SELECT id, submission_id, row_number() OVER (PARTITION BY submission_id ORDER BY id) AS number
      FROM receipts WHERE submission_id = ANY(CAST(:ids AS uuid[]))) AS counted
    JOIN filings ON filings.submission_id = counted.submission_id AND filings.stage = :stage
    JOIN filing_versions ON filing_versions.filing_id = filings.id AND filing_versions.number = counted.number
    WHERE receipts.id = counted.id"""
UPLOADS = """
    UPDATE uploads SET filing_id = filings.id FROM filings
    WHERE filings.submission_id = uploads.submission_id AND filings.stage = :stage AND filing_id IS NULL
      AND uploads.submission_id = ANY(CAST(:ids AS uuid[]))"""
ENTRIES = """
    UPDATE entries SET made_at = coalesce(rounds.opened_at, entries.made_at), versions = coalesce((
        SELECT jsonb_build_object(stage, version_id) FROM filings
        WHERE submission_id = entries.submission_id AND stage = :stage AND version_id IS NOT NULL), '{}')
    FROM rounds WHERE rounds.id = round_id AND submission_id = ANY(CAST(:ids AS uuid[]))"""
OUTCOMES = """
    INSERT INTO outcomes (id, submission_id, round_id, decision_id, kind, level, amount, made_at)
    SELECT pg_temp.id_at(applied_at), CAST(place ->> 'submission' AS uuid), round_id, decisions.id,
      CASE WHEN selects AND place ->> 'outcome' IS NULL THEN 'not_awarded' WHEN selects THEN 'awarded'
        WHEN place ->> 'outcome' IS NULL THEN 'not_shortlisted' ELSE 'shortlisted' END,
      CASE WHEN selects THEN place ->> 'outcome' END, CAST(place ->> 'amount' AS numeric), applied_at
    FROM decisions JOIN rounds ON rounds.id = round_id,
      LATERAL (SELECT key = ANY(CAST(:selecting AS text[])) AS selects) AS rule,
      LATERAL jsonb_array_elements(places) AS place
    WHERE decisions.programme_id = :programme AND applied_at IS NOT NULL
      AND CAST(place ->> 'submission' AS uuid) = ANY(CAST(:ids AS uuid[])) ON CONFLICT DO NOTHING"""
# A payment keeps the id of its grant, by which history names it.
PAYMENTS = """
    INSERT INTO payments (id, submission_id, stage, status, outcome_id, amount, made_at, due_at)
    SELECT grants.id, grants.submission_id, :support, 'due', outcomes.id, grants.amount, grants.made_at,
      CAST(:support_due_at AS timestamptz)
    FROM grants
    JOIN outcomes ON outcomes.submission_id = grants.submission_id AND outcomes.decision_id = grants.decision_id
    WHERE grants.amount > 0 AND grants.submission_id = ANY(CAST(:ids AS uuid[])) ON CONFLICT DO NOTHING"""
CODES = """
    UPDATE codes SET subject_id = filings.id FROM filings
    WHERE filings.submission_id = subject_id AND filings.stage = :stage AND purpose = 'confirm'
      AND subject_id = ANY(CAST(:ids AS uuid[]))"""
SETTLING_JOBS = """
    UPDATE jobs SET kind = 'validation.settle_filing', subject_id = filings.id FROM filings
    WHERE filings.submission_id = subject_id AND filings.stage = :stage AND kind = 'validation.settle_submission'
      AND subject_id = ANY(CAST(:ids AS uuid[]))"""
BINDING_JOBS = """
    UPDATE jobs SET subject_id = (SELECT id FROM filing_versions WHERE filing_id = filings.id ORDER BY number DESC LIMIT 1) FROM filings
    WHERE filings.submission_id = subject_id AND filings.stage = :stage AND kind = 'documents.bind_documents'
      AND subject_id = ANY(CAST(:ids AS uuid[]))"""
PLACING_JOBS = """
    UPDATE jobs SET kind = 'routing.place_submission'
    WHERE kind = 'routing.route_submission' AND subject_id = ANY(CAST(:ids AS uuid[]))"""
# Also jobs that are done: operators look at them, by the kinds there are.
ROUND_JOBS = """
    UPDATE jobs SET kind = 'routing.place_programme', subject_id = rounds.programme_id FROM rounds
    WHERE rounds.id = subject_id AND kind = 'routing.route_round'"""
MOVES = (
    OPENED, FILINGS, VERSIONS, ACCEPTED_VERSIONS, RECEIPTS, UPLOADS, ENTRIES, OUTCOMES, PAYMENTS, CODES, SETTLING_JOBS, BINDING_JOBS,
    PLACING_JOBS,
)  # fmt: skip

SUBMISSIONS_BACK = """
    UPDATE submissions SET
      status = coalesce(
        (SELECT kind FROM outcomes WHERE submission_id = submissions.id ORDER BY id DESC LIMIT 1),
        CASE WHEN filings.status IN ('submitted', 'returned', 'accepted') THEN filings.status WHEN filings.status = 'waived' THEN 'accepted'
          WHEN opened_at IS NULL THEN 'invited' ELSE 'open' END),
      level = (SELECT level FROM outcomes WHERE submission_id = submissions.id ORDER BY id DESC LIMIT 1),
      committee = coalesce(
        (SELECT committee FROM entries JOIN rounds ON rounds.id = round_id WHERE submission_id = submissions.id
          ORDER BY ordinal DESC LIMIT 1),
        (SELECT data ->> 'committee' FROM events WHERE submission_id = submissions.id AND kind = 'submission.routed'
          ORDER BY id DESC LIMIT 1)),
      submitted_at = filings.submitted_at, returned_at = filings.returned_at, prepared_at = filings.prepared_at,
      prepared_by_id = filings.prepared_by_id, prepared_by = filings.prepared_by,
      bound = coalesce((SELECT bound FROM filing_versions WHERE id = version_id), '{}')
    FROM filings
    WHERE filings.submission_id = submissions.id AND filings.stage = :stage AND submissions.id = ANY(CAST(:ids AS uuid[]))"""
GRANTS = """
    INSERT INTO grants (id, submission_id, decision_id, level, amount, made_at)
    SELECT DISTINCT ON (submission_id)
      coalesce(
        (SELECT subject_id FROM events WHERE submission_id = outcomes.submission_id AND kind = 'grant.made' ORDER BY id DESC LIMIT 1),
        (SELECT id FROM payments WHERE outcome_id = outcomes.id ORDER BY id LIMIT 1),
        pg_temp.id_at(made_at)),
      submission_id, decision_id, level, amount, made_at
    FROM outcomes WHERE kind = 'awarded' AND submission_id = ANY(CAST(:ids AS uuid[]))
    ORDER BY submission_id, id DESC"""
CODES_BACK = """
    UPDATE codes SET subject_id = filings.submission_id FROM filings
    WHERE filings.id = subject_id AND filings.submission_id = ANY(CAST(:ids AS uuid[]))"""
SETTLING_JOBS_BACK = """
    UPDATE jobs SET kind = 'validation.settle_submission', subject_id = filings.submission_id FROM filings
    WHERE filings.id = subject_id AND kind = 'validation.settle_filing' AND filings.submission_id = ANY(CAST(:ids AS uuid[]))"""
BINDING_JOBS_BACK = """
    UPDATE jobs SET subject_id = filings.submission_id FROM filings JOIN filing_versions ON filing_id = filings.id
    WHERE filing_versions.id = subject_id AND kind = 'documents.bind_documents' AND filings.submission_id = ANY(CAST(:ids AS uuid[]))"""
PLACING_JOBS_BACK = """
    UPDATE jobs SET kind = 'routing.route_submission'
    WHERE kind = 'routing.place_submission' AND subject_id = ANY(CAST(:ids AS uuid[]))"""
ROUND_JOBS_BACK = """
    UPDATE jobs SET kind = 'routing.route_round', subject_id = events.subject_id FROM events
    WHERE jobs.kind = 'routing.place_programme' AND events.kind = 'round.opened' AND jobs.key = CAST(events.id AS text)"""
RETURNS = (SUBMISSIONS_BACK, GRANTS, CODES_BACK, SETTLING_JOBS_BACK, BINDING_JOBS_BACK, PLACING_JOBS_BACK)
# What the release before has no word for.
LEFTOVERS = (
    "DELETE FROM jobs WHERE kind IN ('routing.place_programme', 'routing.place_stage', 'upkeep.open_stages')",
    """DELETE FROM jobs WHERE kind = 'notification.notify'
       AND data ->> 'message' IN ('filing_opened', 'filing_to_accept', 'version_renewed')""",
    "UPDATE assignments SET status = 'expired' WHERE status = 'outdated'",
    "UPDATE uploads SET filing_id = NULL",
    "UPDATE receipts SET version_id = NULL",
    "DELETE FROM payments",
    "DELETE FROM outcomes",
    "DELETE FROM filing_versions",
    "DELETE FROM answers",
    "DELETE FROM filings",
    "DELETE FROM programme_versions",
)
