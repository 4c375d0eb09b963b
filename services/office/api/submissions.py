"""The submissions of a programme that the asking officer may see, and their files."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.office.access import ThisProgramme
from services.office.schemas.submissions import FileName, SubmissionList, SubmissionView, group_view
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.problems import raises
from shared import clock
from shared.listing import overview
from shared.listing.duplicates import SimilarClips, same_footage
from shared.listing.filings import FilingState
from shared.listing.overview import ListedSubmission
from shared.people.person import Act, Scope, may
from shared.programmes.definition import Definition
from shared.submissions.sheet import Standing

router = APIRouter(tags=["submissions"])


@router.get("/programmes/{slug}/submissions")
@raises()
def list_submissions(
    programme: ThisProgramme,
    session: Transaction,
    person: Asking,
    status: Annotated[list[Standing], Query()] = [],  # noqa: B006  # FastAPI copies defaults
    stage: Annotated[str | None, Query(max_length=40)] = None,
    filing: FilingState | None = None,
    province: str | None = None,
    q: Annotated[str | None, Query(max_length=100)] = None,
    after: Annotated[str | None, Query(max_length=60)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> SubmissionList:
    """Return submissions by reference, with a page's `limit`; `next` is what to pass as `after` for the following page.

    `stage` and `filing` look for those with a filing at that stage, or one in that state, or both.
    """
    found = overview.listing(
        session,
        programme.id,
        person,
        now=clock.now(),
        status=[str(one) for one in status],
        stage=stage,
        filing=filing,
        province=province,
        text=q,
        after=after,
        limit=limit + 1,
    )
    page = found[:limit]
    helped = [upload for listed in page if may(person, Act.UPLOAD, _scope(listed)) for upload in listed.uploads]
    footage = same_footage(session, person, helped) if helped else {}
    return SubmissionList(
        submissions=[
            _view(listed, programme.definition, footage, contacts=may(person, Act.SEE_CONTACTS, _scope(listed))) for listed in page
        ],
        next=page[-1].submission.reference if len(found) > limit else None,
    )


def _scope(listed: ListedSubmission) -> Scope:
    group, submission = listed.group, listed.submission
    return Scope(submission.id, submission.programme_id, group.province, group.amphoe)


def _view(listed: ListedSubmission, definition: Definition, footage: Mapping[UUID, SimilarClips], *, contacts: bool) -> SubmissionView:
    items = [FileName.of(listed.submission, upload, footage.get(upload.id)) for upload in listed.uploads]
    return SubmissionView.of(listed, group_view(listed.group, definition, contacts=contacts), items)
