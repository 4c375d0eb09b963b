"""The officers' JSON door."""

from services.office.api import decisions, exports, programmes, rounds, submissions
from services.pages import media

ROUTERS = (
    programmes.router,
    submissions.router,
    rounds.router,
    decisions.router,
    exports.router,
    media.router(),
    media.bound_router(),
)
