"""The form in which people order submissions of equal score that lie across a cut, and say why."""

from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field

from services.web.templates import PageModel
from shared.awards.models import Decision
from shared.awards.queries import Ranking
from shared.awards.ties import Resolution
from shared.errors import Invalid


class OrderNotClear(Invalid):
    """Each tied submission needs a place of its own."""

    th = "โปรดเลือกลำดับของใบสมัครที่คะแนนเท่ากันให้ครบทุกใบ โดยไม่ซ้ำกัน"
    en = "Please choose a place for every tied submission, each a different one."


class TiedSubmission(PageModel):
    """A tied submission, and the place that was chosen for it among those of its tie: from 1, empty when none was."""

    submission: UUID
    reference: str
    group: str
    province: str
    chosen: str


class TieView(PageModel):
    """A tie as the page shows it."""

    score: Decimal
    cuts: list[int]
    submissions: list[TiedSubmission]
    reason: str

    @property
    def places(self) -> list[str]:
        """The places that can be chosen."""
        return [str(number) for number in range(1, len(self.submissions) + 1)]


class TieForm(BaseModel):
    """What the form sends: a row for each tied submission (`tie`, `submission`, `place`), then a reason for each tie."""

    tie: list[int] = []
    """To which tie the row belongs, from 0."""
    submission: list[UUID] = []
    place: list[str] = []
    """From 1 within the tie; empty when none was chosen."""
    reason: list[Annotated[str, Field(max_length=2000)]] = []
    dry_run: bool = False

    @classmethod
    def of(cls, ranking: Ranking, decision: Decision | None) -> Self:
        """Return the form as it is shown first: empty, or with the order of the current decision."""
        decided = {frozenset(tie.submissions): tie for tie in (decision.ties if decision else [])}
        form = cls()
        for number, tie in enumerate(ranking.ties):
            earlier = decided.get(frozenset(tie.submissions))
            order = earlier.submissions if earlier else []
            for submission in tie.submissions:
                form.tie.append(number)
                form.submission.append(submission)
                form.place.append(str(order.index(submission) + 1) if submission in order else "")
            form.reason.append(earlier.reason if earlier else "")
        return form

    def resolutions(self) -> list[Resolution]:
        """Return the order of each tie. Raises OrderNotClear."""
        if not len(self.tie) == len(self.submission) == len(self.place):
            raise OrderNotClear
        rows = list(zip(self.tie, self.submission, self.place, strict=True))
        return [
            Resolution(_ordered([(submission, place) for of, submission, place in rows if of == number]), reason)
            for number, reason in enumerate(self.reason)
        ]

    def ties(self, ranking: Ranking) -> list[TieView]:
        """Return the ties of a ranking with what was chosen for each submission, as the page shows them."""
        places = {place.submission: place for place in ranking.places}
        chosen = dict(zip(self.submission, self.place, strict=False))
        return [
            TieView(
                score=tie.score,
                cuts=tie.cuts,
                submissions=[
                    TiedSubmission(
                        submission=submission,
                        reference=places[submission].reference,
                        group=places[submission].group,
                        province=places[submission].province,
                        chosen=chosen.get(submission, ""),
                    )
                    for submission in tie.submissions
                ],
                reason=self.reason[number] if number < len(self.reason) else "",
            )
            for number, tie in enumerate(ranking.ties)
        ]


def _ordered(rows: list[tuple[UUID, str]]) -> tuple[UUID, ...]:
    by_place = {place: submission for submission, place in rows}
    wanted = [str(number) for number in range(1, len(rows) + 1)]
    if set(by_place) != set(wanted):
        raise OrderNotClear
    return tuple(by_place[place] for place in wanted)
