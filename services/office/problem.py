"""Why something could not be done, as the office's pages say it."""

from typing import Any, Self

from services.web.templates import PageModel
from shared.errors import Refusal
from shared.reviews.rounds import BallotsMissing
from shared.text import Text, plural


class MissingBallots(PageModel):
    """A member whose ballots are missing, and for which submissions."""

    text: Text
    references: list[str]

    @classmethod
    def of(cls, member: dict[str, Any]) -> Self:
        """Return whose ballots are missing, from the facts of BallotsMissing."""
        references = member["submissions"]
        text = plural(
            len(references),
            th="{name} · ขาด {count} ใบ",
            one="{name}: {count} ballot is missing",
            many="{name}: {count} ballots are missing",
            name=member["name"],
        )
        return cls(text=text, references=references)


class Problem(PageModel):
    """Why something could not be done; for missing ballots, whose they are."""

    sentence: Text
    missing: list[MissingBallots]
    without_members: list[str]
    """References of submissions that nobody is left to judge."""

    @classmethod
    def of(cls, refusal: Refusal | None) -> Self | None:
        """Return a refusal as the page shows it."""
        if refusal is None:
            return None
        if isinstance(refusal, BallotsMissing):
            return cls(
                sentence=Text("ยังปิดรอบไม่ได้ ใบให้คะแนนยังไม่ครบ", "The round cannot close: ballots are missing"),
                missing=[MissingBallots.of(member) for member in refusal.facts["members"]],
                without_members=[entry["submission"] for entry in refusal.facts["missing"] if not entry["members"]],
            )
        return cls(sentence=Text(refusal.detail("th"), refusal.detail("en")), missing=[], without_members=[])
