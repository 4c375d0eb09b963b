"""The officers' JSON door."""

from services.office.api import decisions, exports, filings, programmes, rounds, submissions, work
from services.pages import media

ROUTERS = (
    programmes.router,
    submissions.router,
    filings.router,
    work.router,
    rounds.router,
    decisions.router,
    exports.router,
    media.router(),
    media.bound_router(),
)
