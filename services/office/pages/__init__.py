"""Pages of the office service, and the public page of the product."""

from services.office.pages import landing, programmes, rounds, submissions, work

ROUTERS = (landing.router, programmes.router, rounds.router, submissions.router, work.router)
