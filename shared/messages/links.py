"""The pages that messages lead to. Written when a message is sent, so that no token is stored."""

from uuid import UUID

from sqlalchemy.orm import Session

from shared.messages.message import Site
from shared.notifications.models import Notification
from shared.people import queries
from shared.people.models import Credential
from shared.programmes.stages import Office


def group_page(session: Session, notification: Notification, site: Site) -> str:
    """Return the group's own page; the public page when its link was revoked."""
    link = queries.link_of(session, notification.submission_id) if notification.submission_id else None
    return f"{site.base_url}/s/{queries.token_of(link, secret=site.secret)}" if link else site.base_url


def filing_page(session: Session, notification: Notification, site: Site) -> str:
    """Return the page on which the fact `stage` is filed: the applicant's own page, or that of the office named by `filed_by`.

    A message that was planned before 2026-11-25 names neither: applicants alone filed then.
    """
    if notification.context.get("filed_by", Office.APPLICANT) == Office.APPLICANT:
        return group_page(session, notification, site)
    return f"{site.base_url}/s/submissions/{notification.submission_id}/stages/{notification.context['stage']}"


def office_submission(session: Session, notification: Notification, site: Site) -> str:
    """Return the office's page of the submission."""
    return f"{site.base_url}/office/submissions/{notification.submission_id}"


def sign_in(session: Session, notification: Notification, site: Site) -> str:
    """Return the one-time link of the fact `credential`."""
    credential = session.get_one(Credential, UUID(notification.context["credential"]))
    return f"{site.base_url}/sign-in/{queries.token_of(credential, secret=site.secret)}"


def review_queue(session: Session, notification: Notification, site: Site) -> str:
    """Return the page on which members take the next submission."""
    return f"{site.base_url}/review"


def round_page(session: Session, notification: Notification, site: Site) -> str:
    """Return the office's page of the round that the facts `programme` and `round` name."""
    return f"{site.base_url}/office/programmes/{notification.context['programme']}/rounds/{notification.context['round']}"
