"""Every legal edge of a submission and of an upload, and nothing else."""

from enum import StrEnum


class Status(StrEnum):
    """Where a submission stands."""

    INVITED = "invited"
    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SHORTLISTED = "shortlisted"
    NOT_SHORTLISTED = "not_shortlisted"
    AWARDED = "awarded"
    NOT_AWARDED = "not_awarded"
    GRANTED = "granted"
    PROCURED = "procured"
    RECORDED = "recorded"
    REPORTED = "reported"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


TRANSITIONS: dict[Status, set[Status]] = {
    Status.INVITED: {Status.OPEN, Status.WITHDRAWN},
    Status.OPEN: {Status.SUBMITTED, Status.WITHDRAWN},
    Status.SUBMITTED: {Status.RETURNED, Status.ACCEPTED, Status.WITHDRAWN},
    Status.RETURNED: {Status.SUBMITTED, Status.WITHDRAWN},
    Status.ACCEPTED: {Status.SHORTLISTED, Status.NOT_SHORTLISTED, Status.AWARDED, Status.NOT_AWARDED, Status.WITHDRAWN},
    Status.SHORTLISTED: {Status.SHORTLISTED, Status.NOT_SHORTLISTED, Status.AWARDED, Status.NOT_AWARDED, Status.WITHDRAWN},
    Status.AWARDED: {Status.GRANTED},
    Status.GRANTED: {Status.PROCURED},
    Status.PROCURED: {Status.RECORDED},
    Status.RECORDED: {Status.REPORTED},
    Status.REPORTED: {Status.CLOSED},
}

MAY_UPLOAD = frozenset({Status.INVITED, Status.OPEN, Status.RETURNED})
MAY_SUBMIT = frozenset({Status.OPEN, Status.RETURNED})


class UploadStatus(StrEnum):
    """Where an upload stands. `passed` and `failed` are what validation said of a file that arrived whole."""

    RECEIVING = "receiving"
    RECEIVED = "received"
    PASSED = "passed"
    FAILED = "failed"
    TERMINATED = "terminated"
    EXPIRED = "expired"


UPLOAD_TRANSITIONS: dict[UploadStatus, set[UploadStatus]] = {
    UploadStatus.RECEIVING: {UploadStatus.RECEIVED, UploadStatus.TERMINATED, UploadStatus.EXPIRED},
    UploadStatus.RECEIVED: {UploadStatus.PASSED, UploadStatus.FAILED},
}

ARRIVED = frozenset({UploadStatus.RECEIVED, UploadStatus.PASSED, UploadStatus.FAILED})
CHECKED = frozenset({UploadStatus.PASSED, UploadStatus.FAILED})
