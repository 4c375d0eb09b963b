"""A programme of any shape, played to its end by its people: whatever is asked is filed, judged, accepted and paid."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import factories
from deploy.demo.offices import answer
from factories import NOW
from factories import stages as play
from shared.payments import operations as payments
from shared.payments.lifecycle import PaymentStatus
from shared.payments.models import Payment
from shared.people.models import Account, Role
from shared.programmes.models import Group, Programme
from shared.programmes.stages import Office
from shared.reviews import operations as reviews
from shared.reviews import queries
from shared.reviews.lifecycle import RoundStatus
from shared.reviews.models import Entry
from shared.submissions.lifecycle import FilingStatus
from shared.submissions.models import Filing, Submission

MEMBERS = 3
MOST_STEPS = 40
WAITING = (FilingStatus.OPEN, FilingStatus.RETURNED)


class Play:
    """One programme and everybody in it. `passes` says of each filing whether its files pass their checks."""

    def __init__(
        self,
        session: Session,
        of: Programme,
        provinces: Sequence[str],
        *,
        now: datetime = NOW,
        answers: dict[str, Any] | None = None,
        passes: Callable[[], bool] = lambda: True,
    ) -> None:
        self.session, self.of, self.now, self.passes = session, of, now, passes
        self.answers = answers or {}
        self.department = [play.officer(session, f"d{number}", province=None) for number in (1, 2)]
        self.local = {name: [play.officer(session, f"{name}{number}", province=name) for number in (1, 2)] for name in set(provinces)}
        self.members = {
            committee.key: [self._member(committee.key, number) for number in range(MEMBERS)] for committee in of.definition.committees
        }
        self.groups = [play.invited(session, of, number, province=province, now=now) for number, province in enumerate(provinces, 1)]

    def to_the_end(self) -> None:
        """Play until nobody can do anything."""
        steps = 0
        while self.step():
            steps += 1
            assert steps < MOST_STEPS, "the play does not end"

    def step(self) -> bool:
        """Do everything that somebody can do now; return whether anything was done."""
        done = [self._file(group, number) for number, group in enumerate(self.groups)]
        due = self.session.scalars(select(Payment).where(Payment.status == PaymentStatus.DUE)).all()
        for payment in due:
            payments.pay(self.session, payment, programme_id=self.of.id, note="1", by=play.actor(self.department[0]), now=self.now)
        play.placed(self.session, *self.groups, now=self.now)
        return any(done) or bool(due) or self._judge()

    def _member(self, committee: str, number: int) -> Account:
        return factories.account(self.session, f"{committee}{number}", Role.MEMBER, programme_id=self.of.id, committee=committee)

    def _officers(self, office: Office, group: Submission) -> list[Account]:
        return self.department if office is Office.DEPARTMENT else self.local[self.session.get_one(Group, group.group_id).province]

    def _file(self, group: Submission, number: int) -> bool:
        mine = select(Filing).where(Filing.submission_id == group.id)
        waiting = self.session.scalars(mine.where(Filing.status.in_(WAITING))).all()
        for filing in waiting:
            by = None if filing.filed_by is Office.APPLICANT else play.actor(self._officers(filing.filed_by, group)[0])
            typed = self._typed(group, filing.stage, number)
            play.file(self.session, group, filing.stage, by=by, now=self.now, passed=self.passes(), **typed)
        submitted = self.session.scalars(mine.where(Filing.status == FilingStatus.SUBMITTED)).all()
        for filing in submitted:
            acceptor = Office(play.filing(self.session, group, filing.stage).stage.acceptor(filing.filed_by))
            play.accept(self.session, group, filing.stage, by=self._officers(acceptor, group)[1], now=self.now)
        return bool(waiting) or bool(submitted)

    def _typed(self, group: Submission, stage: str, number: int) -> dict[str, Any]:
        """Return an answer to each question: one of `answers` by its key (of several the group's own), else one made by its type."""
        about = self.session.get_one(Group, group.group_id)
        named = {"name": about.name, "province": about.province, "district": about.amphoe, "reference": group.reference}
        typed: dict[str, Any] = {}
        for question in play.filing(self.session, group, stage).form.questions:
            own = self.answers.get(question.key)
            chosen = own[number % len(own)] if isinstance(own, list) else own
            typed[question.key] = answer(question.model_dump(mode="json"), named, number) if chosen is None else chosen
        return typed

    def _judge(self) -> bool:
        """Judge the first round that is not decided and has something to judge, from its opening to what follows from its decision."""
        for stage in self.of.definition.judges:
            known = queries.rounds(self.session, self.of.id).get(stage.key)
            if known is not None and known.status is RoundStatus.DECIDED:
                continue
            loaded = play.open_round(self.session, self.of, stage.key, now=self.now)
            live = select(Entry.id).where(Entry.round_id == loaded.row.id, Entry.lapsed_at.is_(None))
            if not self.session.scalars(live).all():
                continue
            for committee, members in self.members.items():
                for member in members:
                    while self._ballot(loaded, committee, member):
                        pass
            play.decided(self.session, self.of, stage.key, now=self.now)
            return True
        return False

    def _ballot(self, loaded: queries.RoundContext, committee: str, member: Account) -> bool:
        """Have a member judge the next submission; return whether there was one. The first group is the best, and none are tied."""
        who = play.actor(member)
        made = reviews.claim(self.session, loaded, committee, member=member.id, by=who, now=self.now)
        if made is None:
            return False
        detail = queries.assignment(self.session, made.id, member=member.id, lock=True)
        place = int(detail.submission.reference[-1])
        marks = {
            criterion.key: criterion.max - criterion.step * min(place, int((criterion.max - criterion.min) / criterion.step))
            for criterion in loaded.rules.criteria
        }
        reviews.save_ballot(self.session, detail, marks=dict(marks), comment="", submit=True, by=who, now=self.now)
        return True
