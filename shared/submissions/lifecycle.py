"""Every legal edge of a filing, a version of it, and an upload, and nothing else."""

from enum import StrEnum


class FilingStatus(StrEnum):
    """How far a filing has come; what each means for people is in `shared.submissions.sheet`."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WAIVED = "waived"
    LAPSED = "lapsed"


FILING_TRANSITIONS: dict[FilingStatus, set[FilingStatus]] = {
    FilingStatus.OPEN: {FilingStatus.SUBMITTED, FilingStatus.WAIVED, FilingStatus.LAPSED},
    FilingStatus.SUBMITTED: {FilingStatus.RETURNED, FilingStatus.ACCEPTED, FilingStatus.WAIVED, FilingStatus.LAPSED},
    FilingStatus.RETURNED: {FilingStatus.SUBMITTED, FilingStatus.ACCEPTED, FilingStatus.WAIVED, FilingStatus.LAPSED},
    FilingStatus.ACCEPTED: {FilingStatus.RETURNED},
    FilingStatus.WAIVED: {FilingStatus.OPEN, FilingStatus.LAPSED},
    FilingStatus.LAPSED: {FilingStatus.OPEN},
}


class VersionStatus(StrEnum):
    """What became of a submitted version: a later one replaces it while it is checked, or after it passed."""

    CHECKING = "checking"
    PASSED = "passed"
    FAILED = "failed"
    REPLACED = "replaced"


VERSION_TRANSITIONS: dict[VersionStatus, set[VersionStatus]] = {
    VersionStatus.CHECKING: {VersionStatus.PASSED, VersionStatus.FAILED, VersionStatus.REPLACED},
    VersionStatus.PASSED: {VersionStatus.FAILED, VersionStatus.REPLACED},
    VersionStatus.FAILED: {VersionStatus.PASSED, VersionStatus.REPLACED},
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
