"""Reads of notifications."""

from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shared.notifications.models import Notification, NotificationStatus


def status_counts(session: Session, submissions: Select[UUID] | None = None) -> dict[str, int]:
    """Return how many notifications are in each status, of all or of those that touch `submissions`."""
    query = select(Notification.status, func.count()).group_by(Notification.status)
    if submissions is not None:
        query = query.where(Notification.submission_id.in_(submissions))
    found = dict(session.execute(query).all())
    return {status: found.get(status, 0) for status in NotificationStatus}
