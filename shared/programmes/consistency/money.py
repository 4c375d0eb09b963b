"""What is awarded and what is paid of it. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from shared.forms.problem import Problem
from shared.programmes.consistency import plain, questions
from shared.programmes.consistency.outline import Outline, Stage
from shared.programmes.consistency.reach import Facts, facts
from shared.text import Text

NO_ROUND_BEFORE = Text("ไม่มีรอบพิจารณาก่อนหน้าให้จ่ายเงิน ต้องระบุ of", "there is no round before it whose award it pays; name one in `of`")
AWARDS_NOTHING = Text("รอบ {round} ไม่ได้ให้เงิน ต้องมีระดับรางวัล (levels)", "round {round} awards no money: it has no levels")
GRANT_NEEDS_LEVELS = Text(
    "เงินสนับสนุนให้ตามระดับ (levels) ถ้าให้ทุกรายที่คะแนนถึง ใช้ระดับเดียวที่มี min_score",
    "money is awarded by levels; to award it to all with a score, use one level with `min_score`",
)
MORE_THAN_ALL = Text(
    "งวดเงินของรอบ {round} สำหรับ {who} รวมกันได้ {sum} % ต้องไม่เกิน 100 %",
    "the payments of round {round} for {who} add up to {sum} %",
)
LESS_THAN_ALL = Text(
    "งวดเงินของรอบ {round} สำหรับ {who} รวมกันได้เพียง {sum} %", "the payments of round {round} for {who} add up to {sum} % only"
)
ANSWER_OR_AMOUNT = Text(
    "ต้องระบุคำตอบที่บอกจำนวนเงิน (answer) หรือจำนวนเงิน (amount) อย่างใดอย่างหนึ่ง",
    "needs either the answer that says how much, or an amount",
)
LIMIT_OF_ANSWER = Text("at_most ใช้กับ answer เท่านั้น", "is a limit of what an answer requests; it goes with `answer`")
NOT_READ = Text("รอบนี้ไม่ได้อ่านขั้นตอน {stage}", "this round does not read stage {stage}")
WITHOUT_AMOUNT = Text("ระดับ {level} ไม่มีจำนวนเงิน แต่ขั้นตอน {stage} จะจ่ายเงิน", "level {level} has no amount, but stage {stage} pays it")
ALL = Decimal(100)


def problems(outline: Outline) -> Iterator[Problem]:
    """Yield payments of nothing or of more than all, and grants whose amount nothing says."""
    for stage in outline.of_kind("judge"):
        yield from _grant(outline, stage)
    for stage in outline.of_kind("support"):
        award = outline.award_of(stage)
        if award is None and stage.data.get("of") is None:
            yield Problem(stage.path, NO_ROUND_BEFORE)
        if award is not None and not award.awards:
            yield Problem((*stage.path, "of") if "of" in stage.data else stage.path, AWARDS_NOTHING.fill(round=award.key))
    for judge, who, paying in _paid(outline):
        total = Decimal(0)
        for stage in paying:
            total += _share(stage)
            if total > ALL:
                place = "share" if "share" in stage.data else "key"
                yield Problem((*stage.path, place), MORE_THAN_ALL.fill(round=judge.key, who=who, sum=_plain(total)))
                break


def warnings(outline: Outline) -> Iterator[Problem]:
    """Yield awards that are not paid in full, and payments of levels that have no amount."""
    for judge, who, paying in _paid(outline):
        total = sum((_share(stage) for stage in paying), Decimal(0))
        if 0 < total < ALL:
            yield Problem((*paying[-1].path, "share"), LESS_THAN_ALL.fill(round=judge.key, who=who, sum=_plain(total)))
        level = judge.levels.get(who)
        if paying and level is not None and not judge.data.get("grant") and not plain.number(level.get("amount", 0)):
            number = list(judge.levels).index(who)
            yield Problem((*judge.path, "levels", number), WITHOUT_AMOUNT.fill(level=who, stage=paying[0].key))


def _grant(outline: Outline, judge: Stage) -> Iterator[Problem]:
    grant, path = plain.mapping(judge.data, "grant"), (*judge.path, "grant")
    if not isinstance(judge.data.get("grant"), dict):
        return
    if not judge.levels:
        yield Problem(path, GRANT_NEEDS_LEVELS)
    answer = grant.get("answer")
    if (answer is None) == (grant.get("amount") is None):
        yield Problem(path, ANSWER_OR_AMOUNT)
    elif answer is None and grant.get("at_most") is not None:
        yield Problem((*path, "at_most"), LIMIT_OF_ANSWER)
    if answer is None:
        return
    question, wrong = questions.resolve(outline, (*path, "answer"), answer, types=("money",))
    yield from wrong
    if question is not None and (name := str(answer).partition(".")[0]) not in outline.reads(judge):
        yield Problem((*path, "answer"), NOT_READ.fill(stage=name))


def _paid(outline: Outline) -> Iterator[tuple[Stage, str, list[Stage]]]:
    """Yield each outcome with money of each round, and the payments that whoever has it may come to; of several categories the most."""
    known: dict[str, Facts] = {} if outline.cycles else facts(outline)
    for judge in outline.of_kind("judge") if known else []:
        if not judge.awards:
            continue
        supports = [stage for stage in outline.of_kind("support") if outline.award_of(stage) is judge]
        for who in judge.levels:
            of_who = [stage for stage in supports if who in known[stage.key].get(judge.key, {who})]
            by_category = [
                [stage for stage in of_who if category in known[stage.key].get("category", {category})] for category in outline.categories
            ] or [of_who]
            yield judge, who, max(by_category, key=lambda paying: sum((_share(stage) for stage in paying), Decimal(0)))


def _share(stage: Stage) -> Decimal:
    share = plain.number(stage.data.get("share", ALL))
    return share if share is not None and share > 0 else Decimal(0)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
