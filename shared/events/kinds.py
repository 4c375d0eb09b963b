"""Everything that can happen."""

from enum import StrEnum


class EventKind(StrEnum):
    """What happened; the subject is the thing before the dot."""

    PROGRAMME_LOADED = "programme.loaded"
    TARGETS_IMPORTED = "programme.targets_imported"

    SUBMISSION_INVITED = "submission.invited"
    SUBMISSION_OPENED = "submission.opened"
    SUBMISSION_REMINDED = "submission.reminded"
    SUBMISSION_PREPARED = "submission.prepared"
    SUBMISSION_SUBMITTED = "submission.submitted"
    SUBMISSION_RETURNED = "submission.returned"
    SUBMISSION_ACCEPTED = "submission.accepted"
    SUBMISSION_ROUTED = "submission.routed"
    SUBMISSION_SHORTLISTED = "submission.shortlisted"
    SUBMISSION_NOT_SHORTLISTED = "submission.not_shortlisted"
    SUBMISSION_AWARDED = "submission.awarded"
    SUBMISSION_NOT_AWARDED = "submission.not_awarded"
    HANDOVER_MADE = "submission.handover_made"
    HANDOVER_USED = "submission.handover_used"

    UPLOAD_BEGUN = "upload.begun"
    UPLOAD_RECEIVED = "upload.received"
    UPLOAD_CHECKED = "upload.checked"
    COPIES_MADE = "upload.copies_made"
    UPLOAD_TERMINATED = "upload.terminated"
    UPLOAD_EXPIRED = "upload.expired"

    RECEIPT_MADE = "receipt.made"

    ROUND_OPENED = "round.opened"
    ROUND_CLOSED = "round.closed"
    ASSIGNMENT_CLAIMED = "assignment.claimed"
    ASSIGNMENT_GIVEN_BACK = "assignment.given_back"
    ASSIGNMENT_EXPIRED = "assignment.expired"
    CONFLICT_DECLARED = "conflict.declared"
    BALLOT_SUBMITTED = "ballot.submitted"

    DECISION_MADE = "decision.made"
    DECISION_SIGNED = "decision.signed"
    DECISION_PUBLISHED = "decision.published"
    GRANT_MADE = "grant.made"

    ACCOUNT_MADE = "account.made"
    SIGN_IN_ASKED = "account.sign_in_asked"
    CREDENTIAL_REVOKED = "credential.revoked"

    JOB_RETRIED = "job.retried"
    JOB_CANCELLED = "job.cancelled"
    QUEUE_PAUSED = "queue.paused"
    QUEUE_RESUMED = "queue.resumed"
