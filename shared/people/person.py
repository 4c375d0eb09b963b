"""Who is asking, and the one answer to what they may see and do."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shared.events import Actor, ActorKind
from shared.people.models import Role


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role and where it holds; None means everywhere."""

    role: Role
    province: str | None = None
    district: str | None = None
    programme_id: UUID | None = None
    committee: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking: an account with roles, the holder of groups' links, or (in a browser) both."""

    name: str
    account_id: UUID | None = None
    email: str | None = None
    grants: tuple[RoleGrant, ...] = ()
    submissions: frozenset[UUID] = frozenset()
    credential_id: UUID | None = None

    @property
    def actor(self) -> Actor:
        """How history names this person."""
        if self.account_id is not None:
            return Actor(ActorKind.STAFF, self.account_id, self.name)
        return Actor.group(next(iter(self.submissions), None))

    @property
    def is_signed_in(self) -> bool:
        """Whether the person has an account."""
        return self.account_id is not None

    def has(self, *roles: Role) -> bool:
        """Whether the person holds any of the roles, anywhere."""
        return any(grant.role in roles for grant in self.grants)


class Act(StrEnum):
    """What a person may want to do."""

    SEE_SUBMISSION = "see_submission"
    SEE_CONTACTS = "see_contacts"
    UPLOAD = "upload"
    SUBMIT = "submit"
    PREPARE = "prepare"
    ACCEPT_FILING = "accept_filing"
    """Accept what was filed, or return it."""
    MANAGE_SUBMISSION = "manage_submission"
    """Waive and extend what is asked of it, withdraw it, note payments."""
    REVIEW = "review"
    SEE_RANKING = "see_ranking"
    MANAGE_PROGRAMME = "manage_programme"
    DECIDE = "decide"
    SIGN = "sign"
    OPERATE = "operate"
    MANAGE_ACCOUNTS = "manage_accounts"


@dataclass(frozen=True, slots=True)
class Scope:
    """What it is about, as far as it matters for permission."""

    submission_id: UUID | None = None
    programme_id: UUID | None = None
    province: str | None = None
    district: str | None = None
    committees: frozenset[str] = frozenset()
    """The committees that review the submission (or the one whose queue it is)."""
    conflicted: frozenset[UUID] = frozenset()
    """Accounts that declared a conflict of interest with it."""
    filed_by: str = "applicant"
    """Who fills in what it is about: the applicant, or the officers of the district, the province or the department."""
    accepted_by: str = "district"
    """The lowest level of officers who accept it."""


APPLICANT = "applicant"
LEVELS = ("district", "province", "department")
"""Of officers, from the lowest."""
FILING = frozenset({Act.UPLOAD, Act.SUBMIT})


def may(person: Person, act: Act, scope: Scope) -> bool:
    """Say whether `person` may do `act` within `scope`: the one visibility function, for page, API, export, media and letter alike.

    A group acts on its own submission. An officer sees, and helps to upload for, the groups of their area, and prepares what these then
    confirm; what an office files is only that office's to fill in. Who accepts is of the level the stage names, or above. The whole
    department (no area) also manages programmes and decides. A member sees what is routed to their committee,
    unless they declared a conflict. The chair signs. An operator runs the machines and sees no submission. An administrator manages
    accounts and programmes.
    """
    if scope.submission_id in person.submissions and (act is Act.SEE_SUBMISSION or (act in FILING and scope.filed_by == APPLICANT)):
        return True
    return any(_grants(grant, act, scope, person) for grant in person.grants)


def _grants(grant: RoleGrant, act: Act, scope: Scope, person: Person) -> bool:
    match grant.role:
        case Role.OFFICER:
            return _in_area(grant, scope) and _officer_may(grant, act, scope)
        case Role.MEMBER | Role.CHAIR:
            mine = grant.programme_id == scope.programme_id and grant.committee in scope.committees
            # A chair ballots only by being a member too.
            if act is Act.SEE_SUBMISSION or (act is Act.REVIEW and grant.role is Role.MEMBER):
                return mine and person.account_id not in scope.conflicted
            return grant.role is Role.CHAIR and act in {Act.SIGN, Act.SEE_RANKING} and grant.programme_id == scope.programme_id
        case Role.OPERATOR:
            return act is Act.OPERATE
        case Role.ADMINISTRATOR:
            return act in {Act.MANAGE_PROGRAMME, Act.MANAGE_ACCOUNTS, Act.SEE_RANKING}
    return False


def _officer_may(grant: RoleGrant, act: Act, scope: Scope) -> bool:
    level = level_of(grant)
    if act in FILING or act is Act.PREPARE:
        return scope.filed_by in {APPLICANT, level} and not (act is Act.PREPARE and scope.filed_by != APPLICANT)
    if act is Act.ACCEPT_FILING:
        return LEVELS.index(level) >= LEVELS.index(scope.accepted_by)
    if act in {Act.SEE_RANKING, Act.MANAGE_PROGRAMME, Act.DECIDE, Act.MANAGE_SUBMISSION}:
        return level == LEVELS[-1]
    return act in {Act.SEE_SUBMISSION, Act.SEE_CONTACTS}


def level_of(grant: RoleGrant) -> str:
    """Return the level of an officer: district, province or department."""
    return LEVELS[2 if grant.province is None else 1 if grant.district is None else 0]


def _in_area(grant: RoleGrant, scope: Scope) -> bool:
    return grant.province is None or (grant.province == scope.province and grant.district in (None, scope.district))
