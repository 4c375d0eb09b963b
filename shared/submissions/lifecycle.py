"""Every legal edge of a submission and of an upload, and nothing else."""

from enum import StrEnum


class Status(StrEnum):
    """How far a submission has come; what each means for people is in `shared.submissions.sheet`."""

    INVITED = "invited"
    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SHORTLISTED = "shortlisted"
    NOT_SHORTLISTED = "not_shortlisted"
    AWARDED = "awarded"
    NOT_AWARDED = "not_awarded"


TRANSITIONS: dict[Status, set[Status]] = {
    Status.INVITED: {Status.OPEN},
    Status.OPEN: {Status.SUBMITTED},
    Status.SUBMITTED: {Status.RETURNED, Status.ACCEPTED},
    Status.RETURNED: {Status.SUBMITTED},
    Status.ACCEPTED: {Status.SHORTLISTED, Status.NOT_SHORTLISTED, Status.AWARDED, Status.NOT_AWARDED},
    Status.SHORTLISTED: {Status.SHORTLISTED, Status.NOT_SHORTLISTED, Status.AWARDED, Status.NOT_AWARDED},
}


class UploadStatus(StrEnum):
    """How far an upload has come. `passed` and `failed` are what validation said of a complete file."""

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
