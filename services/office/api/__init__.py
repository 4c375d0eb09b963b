"""The officers' JSON door."""

from services.office.api import decisions, exports, programmes, rounds, submissions

ROUTERS = (programmes.router, submissions.router, rounds.router, decisions.router, exports.router)
