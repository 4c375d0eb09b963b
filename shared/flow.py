"""The story of a submission on one page: what follows from each event.

A line reads: when this happened, these jobs follow. The event's operation, the event and its jobs commit together; nothing else in the
system starts background work, but for the periodic kinds of `shared.queue.kinds`. A process calls `install()` before it appends events.
"""

from collections.abc import Callable, Iterator
from uuid import UUID

from shared.events import Event, EventKind, log
from shared.events.log import Consequence
from shared.queue import kinds
from shared.queue.kinds import JobKind

Step = Callable[[Event], Consequence | None]


def work(kind: JobKind) -> Step:
    """Work on what the event is about."""
    return lambda event: Consequence(kind, event.subject_id)


def work_on_submission(kind: JobKind) -> Step:
    """Work on the submission the event belongs to."""

    def step(event: Event) -> Consequence:
        submission_id: UUID | None = event.submission_id
        if submission_id is None:
            raise ValueError(f"{event.kind} belongs to no submission")
        return Consequence(kind, submission_id)

    return step


def work_on(name: str, kind: JobKind) -> Step:
    """Work on what the event's data call by that name."""
    return lambda event: Consequence(kind, UUID(event.data[name]))


def work_on_programme(kind: JobKind) -> Step:
    """Work on the programme the event belongs to."""

    def step(event: Event) -> Consequence:
        if event.programme_id is None:
            raise ValueError(f"{event.kind} belongs to no programme")
        return Consequence(kind, event.programme_id)

    return step


def notify(message: str) -> Step:
    """Tell people by the message of that name; who they are, the notification worker finds out."""
    return lambda event: Consequence(kinds.NOTIFY, event.id, qualifier=f":{message}", data={"message": message})


def when(name: str, step: Step) -> Step:
    """Take the step only if the event's data hold a true value of that name."""
    return lambda event: step(event) if event.data.get(name) else None


FLOW: dict[EventKind, tuple[Step, ...]] = {
    EventKind.SUBMISSION_INVITED: (notify("invitation"),),
    EventKind.SUBMISSION_REMINDED: (notify("reminder"),),
    EventKind.UPLOAD_RECEIVED: (work(kinds.CHECK_UPLOAD),),
    EventKind.UPLOAD_CHECKED: (
        work_on("filing", kinds.SETTLE_FILING),
        when("playable", work(kinds.MAKE_POSTER)),
        when("playable", work(kinds.MAKE_WEB_COPY)),
        when("audible", work(kinds.MAKE_SOUND_COPY)),
        when("readable", work(kinds.MAKE_READING_COPY)),
    ),
    EventKind.COPIES_MADE: (when("web", work(kinds.MAKE_LIGHT_COPIES)),),
    EventKind.SUBMISSION_PREPARED: (notify("confirmation"),),
    EventKind.SUBMISSION_SUBMITTED: (
        work(kinds.SETTLE_FILING),
        work_on_submission(kinds.PLACE_SUBMISSION),
        work_on("receipt", kinds.MAKE_RECEIPT),
    ),
    EventKind.RECEIPT_MADE: (notify("submission_received"),),
    EventKind.SUBMISSION_RETURNED: (work_on_submission(kinds.PLACE_SUBMISSION), notify("submission_returned")),
    EventKind.SUBMISSION_ACCEPTED: (
        work_on_submission(kinds.PLACE_SUBMISSION),
        work_on("version", kinds.BIND_DOCUMENTS),
        notify("submission_accepted"),
    ),
    EventKind.FILING_OPENED: (when("announce", notify("filing_opened")),),
    EventKind.FILING_CHECKED: (notify("filing_to_accept"),),
    EventKind.FILING_WAIVED: (work_on_submission(kinds.PLACE_SUBMISSION),),
    EventKind.STAGE_OPENED: (work(kinds.PLACE_STAGE),),
    EventKind.PROGRAMME_LOADED: (work(kinds.PLACE_PROGRAMME),),
    EventKind.TARGETS_IMPORTED: (when("groups_changed", work(kinds.PLACE_PROGRAMME)),),
    EventKind.ROUND_OPENED: (work_on_programme(kinds.PLACE_PROGRAMME), notify("round_opened")),
    EventKind.ENTRY_RENEWED: (notify("version_renewed"),),
    EventKind.DECISION_MADE: (notify("decision_to_sign"),),
    EventKind.DECISION_PUBLISHED: (work(kinds.APPLY_DECISION),),
    EventKind.SUBMISSION_SHORTLISTED: (notify("result_shortlisted"),),
    EventKind.SUBMISSION_NOT_SHORTLISTED: (notify("result_not_shortlisted"),),
    EventKind.SUBMISSION_AWARDED: (notify("result_awarded"),),
    EventKind.SUBMISSION_NOT_AWARDED: (notify("result_not_awarded"),),
    EventKind.PAYMENT_PAID: (work_on_submission(kinds.PLACE_SUBMISSION),),
    EventKind.SIGN_IN_ASKED: (notify("sign_in_link"),),
}


def consequences(event: Event) -> Iterator[Consequence]:
    """Yield the jobs that follow from an event."""
    for step in FLOW.get(EventKind(event.kind), ()):
        consequence = step(event)
        if consequence is not None:
            yield consequence


def install() -> None:
    """Have events appended in this process put their consequences into the job ledger."""
    log.bind(consequences)
