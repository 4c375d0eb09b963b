"""What is read of a submission: the versions that were submitted, each with its files and by the form it was filled in by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.forms.form import Form
from shared.programmes import queries as programmes
from shared.programmes.stages import Collect
from shared.submissions import queries
from shared.submissions.filings import context
from shared.submissions.filings.context import FilingContext
from shared.submissions.models import Filing, FilingVersion, Upload


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """A version with its files, stage and form."""

    of: FilingContext
    version: FilingVersion
    stage: Collect
    form: Form
    uploads: list[Upload]


def read(session: Session, submission_id: UUID, *, versions: Mapping[str, str] | None = None) -> list[ReadVersion]:
    """Return the versions of a submission in the order of its stages: those named by stage, else of each filing the accepted or last one.

    Three queries, one more for each older document.
    """
    filings = context.of_submissions(session, [submission_id])[submission_id]
    chosen = _named(session, versions) if versions is not None else _newest(session, filings)
    files = queries.files_of(session, list(chosen.values()))
    found = []
    for of in filings:
        version = chosen.get(of.filing.id)
        if version is None:
            continue
        definition = programmes.definition_of(session, of.programme, version.document_version)
        stage = definition.collect(of.filing.stage) or of.stage
        found.append(ReadVersion(of, version, stage, definition.form_of(stage), files.get(version.id, [])))
    return found


def _named(session: Session, versions: Mapping[str, str]) -> dict[UUID, FilingVersion]:
    ids = [UUID(id_) for id_ in versions.values()]
    return {version.filing_id: version for version in session.scalars(select(FilingVersion).where(FilingVersion.id.in_(ids)))}


def _newest(session: Session, filings: Sequence[FilingContext]) -> dict[UUID, FilingVersion]:
    """Return, by filing, the accepted version, or what was submitted last."""
    accepted = {of.filing.id: of.filing.version_id for of in filings}
    query = select(FilingVersion).where(FilingVersion.filing_id.in_(accepted)).order_by(FilingVersion.number)
    found: dict[UUID, FilingVersion] = {}
    for version in session.scalars(query):
        if accepted[version.filing_id] in {None, version.id}:
            found[version.filing_id] = version
    return found


def bound_of(session: Session, submission_id: UUID, *, version_id: UUID | None = None) -> dict[str, Any]:
    """Return, by item, the documents bound of several files: of the version that is named, else of all accepted ones. One query."""
    query = select(FilingVersion.bound).join(Filing, Filing.id == FilingVersion.filing_id).where(Filing.submission_id == submission_id)
    which = FilingVersion.id == (Filing.version_id if version_id is None else version_id)
    return {kind: document for bound in session.scalars(query.where(which).order_by(Filing.id)) for kind, document in bound.items()}
