"""What must agree between the parts of a document: each rule refuses, and only what it is for."""

from pathlib import Path

import pytest
from unit.programmes.changes import FILM, FIRST, RESEARCH, Change, changed, errors, warnings

SELECTED = "for: {selection: [outstanding, good]}"
REPORT = "    form: progress\n"
UNREAD = "these stages wait for one another and never begin: {}; change `for` or `of`, or name what is read in `reads`"

REFUSED: dict[str, tuple[Path, list[Change], list[tuple[str, str]]]] = {
    # keys
    "stage twice": (FIRST, [("key: record\n", "key: plan\n")], [("stages[5].key", "plan is used twice")]),
    "repeated into another": (
        RESEARCH,
        [
            (REPORT, REPORT + "    repeat: {times: 2, every: {months: 6}}\n"),
            ("report: accepted", "report_1: accepted"),
            ("key: first_instalment", "key: report_2"),
        ],
        [("stages[5].key", "repeated, this stage is called report_2, which another stage is called already")],
    ),
    "a stage called like an area": (
        FIRST,
        [("key: record\n", "key: province\n")],
        [("stages[5].key", "may not be called province, which conditions use for something else")],
    ),
    "a level called like a state": (
        RESEARCH,
        [("key: funded", "key: shortlisted"), *[("{last: funded", "{last: awarded")] * 3],
        [("stages[3].levels[0].key", "may not be called shortlisted, which conditions use for something else")],
    ),
    # conditions
    "unknown stage": (
        FIRST,
        [(SELECTED, "for: {selecton: good}")],
        [("stages[3].for.selecton", "there is no stage selecton; did you mean ‘selection’?")],
    ),
    "state of another kind": (
        RESEARCH,
        [("report: accepted}", "report: paid}")],
        [("stages[6].for.report", "stage report has no state paid; known: open, submitted, returned, accepted, waived, missed")],
    ),
    "state of a round that only keeps": (
        FIRST,
        [("{screening: shortlisted}", "{screening: awarded}")],
        [("stages[2].for.screening", "stage screening has no state awarded; known: shortlisted, rejected")],
    ),
    "unknown category": (
        FILM,
        [("for: {prizes: awarded}", "for: {prizes: awarded, category: fictoin}")],
        [("stages[3].for.category", "there is no category fictoin; did you mean ‘fiction’?")],
    ),
    "unknown province": (
        FIRST,
        [(SELECTED, "for: {selection: good, province: [ลำปาง, จ.ลำปาง, Lampnag, Atlantis]}")],
        [
            ("stages[3].for.province[1]", "there is no province จ.ลำปาง; did you mean ‘ลำปาง’?"),
            ("stages[3].for.province[2]", "there is no province Lampnag; did you mean ‘ลำปาง’?"),
            ("stages[3].for.province[3]", "there is no province Atlantis"),
        ],
    ),
    "unknown district": (
        FIRST,
        [(SELECTED, "for: {selection: good, district: [คลองเขื่อน, อ.คลองเขื่อน]}")],
        [("stages[3].for.district[1]", "there is no district อ.คลองเขื่อน; did you mean ‘คลองเขื่อน’?")],
    ),
    "reads what is no collect stage": (
        RESEARCH,
        [("reads: [proposal, full]", "reads: [proposal, ful, first]")],
        [
            ("stages[3].reads[1]", "there is no collect stage ful; did you mean ‘full’?"),
            ("stages[3].reads[2]", "there is no collect stage first; known: proposal, full, report"),
        ],
    ),
    "pays what is no round": (
        FIRST,
        [("of: selection", "of: plan")],
        [("stages[3].of", "there is no judge stage plan; known: screening, selection")],
    ),
    "a circle of conditions": (
        RESEARCH,
        [("for: {last: funded}\n    by: {days: 180}", "for: {second_instalment: paid}\n    by: {days: 180}")],
        [("stages[5].for", UNREAD.format("report → second_instalment → report"))],
    ),
    "a circle through what is read": (
        RESEARCH,
        [("for: {first: shortlisted}\n    by: {days: 30}", "for: {last: funded}\n    by: {days: 30}")],
        [("stages[2].for", UNREAD.format("full → last → full"))],
    ),
    "a stage for itself": (
        FIRST,
        [("{screening: shortlisted}", "{selection: good}")],
        [("stages[2].for", UNREAD.format("selection → selection"))],
    ),
    # reach
    "conditions that rule one another out": (
        RESEARCH,
        [("for: {last: funded, report: accepted}", "for: {last: rejected, report: accepted}")],
        [("stages[6].for", "nobody can reach this stage: its conditions on the outcome of last rule one another out")],
    ),
    "categories that rule one another out": (
        FILM,
        [
            ("for: {shortlist: shortlisted}", "for: {shortlist: shortlisted, category: fiction}"),
            ("for: {prizes: awarded}", "for: {prizes: awarded, category: documentary}"),
        ],
        [("stages[3].for", "nobody can reach this stage: its conditions on the category rule one another out")],
    ),
    "a table limited by a grant before there is one": (
        RESEARCH,
        [("at_most: 500000", "at_most: grant")],
        [("stages[2].form", "table budget is limited by the grant, but this stage is not only for those who were awarded one (`for`)")],
    ),
    # forms
    "unknown form": (
        RESEARCH,
        [("form: progress", "form: progres")],
        [("stages[5].form", "there is no form progres; did you mean ‘progress’?")],
    ),
    "unknown form of applicants": (
        FIRST,
        [("savings_group", "saving_group")],
        [("applicant", "there is no form saving_group; did you mean ‘savings_group’?")],
    ),
    # categories
    "categories without a question": (
        FILM,
        [("category: entry.genre ", "# ")],
        [("category", "is missing: the programme has categories, but no question says which (category: stage.question)")],
    ),
    "a question that is no choice": (
        FILM,
        [("category: entry.genre", "category: entry.title")],
        [("category", "question entry.title must be of the type choice")],
    ),
    "no question": (
        FILM,
        [("category: entry.genre", "category: entry.gendre")],
        [("category", "stage entry asks no question gendre; did you mean ‘genre’?")],
    ),
    "no stage": (
        FILM,
        [("category: entry.genre", "category: enter.genre")],
        [("category", "there is no collect stage enter; did you mean ‘entry’?")],
    ),
    "no reference": (
        FILM,
        [("category: entry.genre", "category: genre")],
        [("category", "must be written stage.question, as plan.category")],
    ),
    "options that are not the categories": (
        FILM,
        [("            - {key: documentary,", "            - {key: essay,"), ("when: {genre: documentary}", "when: {genre: essay}")],
        [
            ("category", "option essay is no category of the programme; known: fiction, documentary"),
            ("category", "question entry.genre does not offer category documentary"),
        ],
    ),
    "an optional category": (
        FILM,
        [("label: {en: Category}", "label: {en: Category}\n          required: false")],
        [("category", "says the category, so it must always be asked and answered: required, without `when`")],
    ),
    # judging
    "keeps and fills": (
        FIRST,
        [("    levels:   ", "    keep: 3\n    levels:   ")],
        [("stages[2]", "a round either keeps submissions (keep, pass_score) or fills levels (levels)")],
    ),
    "an empty range of marks": (
        FIRST,
        [("min: 0, max: 10", "min: 10, max: 10")],
        [("stages[1].criteria[0].max", "max must be greater than min")],
    ),
    "nothing to judge": (
        FIRST,
        [("reads: [plan]", "reads: []")],
        [("stages[1].reads", "this round has nothing to judge; it needs a collect stage to read")],
    ),
    "numbers by name without parts": (
        FIRST,
        [("keep: 36 ", "keep: {north: 36} ")],
        [("stages[1].keep", "numbers by name need the parts in which the round ranks (within)")],
    ),
    "numbers of parts that are not there": (
        FILM,
        [("keep: {fiction: 8, documentary: 6}", "keep: {fictoin: 8, documentary: 6}")],
        [
            ("stages[1].keep", "says no number for fiction"),
            ("stages[1].keep.fictoin", "there is no category fictoin; did you mean ‘fiction’?"),
        ],
    ),
    "numbers by committee": (
        FIRST,
        [("keep: 36 ", "keep: {centre: 36}\n    within: committee #")],
        [
            ("stages[1].keep", "says no number for central"),
            ("stages[1].keep.centre", "there is no committee centre; did you mean ‘central’?"),
        ],
    ),
    "numbers by province": (
        FIRST,
        [("keep: 36 ", "keep: {ลำปาง: 3, ลำปาว: 2}\n    within: province #")],
        [("stages[1].keep.ลำปาว", "there is no province ลำปาว; did you mean ‘ลำปาง’?")],
    ),
    "every number 0": (
        FILM,
        [("{fiction: 8, documentary: 6}", "{fiction: 0, documentary: 0}")],
        [("stages[1].keep", "every number is 0, so nobody can pass")],
    ),
    "ranked by categories there are none of": (
        FIRST,
        [("keep: 36 ", "keep: 36\n    within: category #")],
        [("stages[1].within", "the programme has no categories")],
    ),
    # routes
    "a committee and a category that are not there": (
        FILM,
        [("committee: documentary_jury, categories: [documentary]", "committee: documentery_jury, categories: [docu, documentary]")],
        [
            ("routing[1].categories[0]", "there is no category docu; known: fiction, documentary"),
            ("routing[1].committee", "routing names no committee: documentery_jury; did you mean ‘documentary_jury’?"),
        ],
    ),
    "a category without a committee": (
        FILM,
        [("  - {committee: documentary_jury, categories: [documentary]}\n", "")],
        [("routing", "routing needs one route without conditions, for all the rest")],
    ),
    "an answer there is none of": (
        RESEARCH,
        [("  - committee: reviewers\n", "  - {committee: reviewers, answers: {proposal.people: involvd}}\n  - committee: reviewers\n")],
        [("routing[0].answers.proposal.people", "question proposal.people has no option involvd; did you mean ‘involved’?")],
    ),
    "an answer that the round does not read": (
        RESEARCH,
        [
            ("  - committee: reviewers\n", "  - {committee: reviewers, answers: {proposal.people: involved}}\n  - committee: reviewers\n"),
            ("reads: [proposal, full]", "reads: [full]"),
            ("answer: proposal.requested, at_most: 400000", "amount: 1000"),
        ],
        [("routing[0].answers.proposal.people", "round last does not read stage proposal")],
    ),
    "no committee": (
        RESEARCH,
        [("routing:\n  - committee: reviewers\n", "")],
        [(f"stages[{n}]", "no committee judges this round: name one in `routing`") for n in (1, 3)],
    ),
    # money
    "more than all": (
        RESEARCH,
        [("share: 60", "share: 60.5")],
        [("stages[6].share", "the payments of round last for funded add up to 100.5 %")],
    ),
    "nothing awarded": (
        RESEARCH,
        [("of: last", "of: first")],
        [("stages[4].of", "round first awards no money: it has no levels")],
    ),
    "no round before": (
        RESEARCH,
        [("stages:\n", "stages:\n  - {kind: support, key: early, label: {th: ก}, share: 1}\n"), ("share: 60", "share: 59")],
        [("stages[0]", "there is no round before it whose award it pays; name one in `of`")],
    ),
    "a grant of nothing": (
        RESEARCH,
        [("answer: proposal.requested, at_most: 400000", "at_most: 1")],
        [("stages[3].grant", "needs either the answer that says how much, or an amount")],
    ),
    "a limit of a set amount": (
        RESEARCH,
        [("answer: proposal.requested, at_most: 400000", "amount: 5, at_most: 1")],
        [("stages[3].grant.at_most", "is a limit of what an answer requests; it goes with `answer`")],
    ),
    "an answer that is no money": (
        RESEARCH,
        [("answer: proposal.requested", "answer: proposal.title")],
        [("stages[3].grant.answer", "question proposal.title must be of the type money")],
    ),
    "an amount that the round does not read": (
        RESEARCH,
        [("reads: [proposal, full]", "reads: [full]")],
        [("stages[3].grant.answer", "this round does not read stage proposal")],
    ),
    "a grant without levels": (
        RESEARCH,
        [("    pass_score: 60 ", "    grant: {amount: 5}\n    pass_score: 60 ")],
        [("stages[1].grant", "money is awarded by levels; to award it to all with a score, use one level with `min_score`")],
    ),
    # dates
    "ends before it opens": (
        FILM,
        [("opens: 2026-02-01", "opens: 2026-04-01")],
        [("stages[0].by", "ends (2026-03-31 23:59+07:00) before it opens (2026-04-01 00:00+07:00)")],
    ),
    "ends before what it is for": (
        FILM,
        [("by: 2026-05-31", "by: 2026-03-01")],
        [("stages[2].by", "ends (2026-03-01 23:59+07:00) before what it needs of stage shortlist can be there (2026-04-01 00:00+07:00)")],
    ),
    "ends before what it reads": (
        FILM,
        [("    opens: 2026-04-01\n    by: 2026-04-30", "    by: 2026-01-31")],
        [("stages[1].by", "ends (2026-01-31 23:59+07:00) before what it needs of stage entry can be there (2026-02-01 00:00+07:00)")],
    ),
    "a year of the other era": (
        RESEARCH,
        [("fiscal_year: 2569", "fiscal_year: 2026")],
        [("fiscal_year", "2026 is no year of the Buddhist era, which is the programme's calendar; did you mean 2569?")],
    ),
    "a Buddhist year of the common era": (
        FILM,
        [("fiscal_year: 2026", "fiscal_year: 2569")],
        [("fiscal_year", "2569 is no year of the common era, which is the programme's calendar; did you mean 2026?")],
    ),
    "repeated on the same day": (
        RESEARCH,
        [(REPORT, REPORT + "    repeat: {times: 2, every: {}}\n"), ("report: accepted", "report_2: accepted")],
        [("stages[5].repeat.every", "must be at least 1 day (days) or 1 month (months)")],
    ),
    "repeated without end": (
        RESEARCH,
        [
            (REPORT, REPORT + "    repeat: {times: 60, every: {months: 120}}\n"),
            ("report: accepted", "report_2: accepted"),
            ("by: {days: 180}", "by: 2026-12-31"),
        ],
        [("stages[5].repeat", "the last repetition lies too far away; dates reach to the year 2399 and terms to 3660 days")],
    ),
    "a term repeated without end": (
        RESEARCH,
        [(REPORT, REPORT + "    repeat: {times: 60, every: {months: 3}}\n"), ("report: accepted", "report_2: accepted")],
        [("stages[5].repeat", "the last repetition lies too far away; dates reach to the year 2399 and terms to 3660 days")],
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_agree_is_refused_at_its_place(name: str) -> None:
    file, changes, expected = REFUSED[name]
    assert errors(changed(file, *changes)) == expected


WARNED: dict[str, tuple[Path, list[Change], list[tuple[str, str]]]] = {
    "a committee without a route": (
        FILM,
        [("committees:\n", "committees:\n  - {key: essay_jury, label: {en: Essays}}\n")],
        [("committees[0]", "no route leads to this committee")],
    ),
    "a second route for the rest": (
        RESEARCH,
        [("  - committee: reviewers\n", "  - committee: reviewers\n  - committee: reviewers\n")],
        [("routing[1]", "an earlier route takes all the rest, so this one has no effect")],
    ),
    "less than all": (
        RESEARCH,
        [("share: 60", "share: 50")],
        [("stages[6].share", "the payments of round last for funded add up to 90 % only")],
    ),
    "a level without an amount": (
        FIRST,
        [(", amount: 50000", "")],
        [("stages[2].levels[1]", "level good has no amount, but stage support pays it")],
    ),
    "more than the round before keeps": (FIRST, [("keep: 36", "keep: 30")], [("stages[2]", "takes 36, but round screening keeps only 30")]),
    "a number that is 0": (
        FILM,
        [("quota: {fiction: 3, documentary: 2}", "quota: {fiction: 3, documentary: 0}")],
        [("stages[2].levels[2].quota.documentary", "the number for documentary is 0: nobody of documentary can have it")],
    ),
    "a form that nobody fills in": (
        FIRST,
        [("stages:\n", "forms:\n  spare: {questions: [{key: a, type: email, label: {th: ก}}]}\nstages:\n")],
        [("forms.spare", "no stage uses this form")],
    ),
}


@pytest.mark.parametrize("name", WARNED)
def test_what_is_probably_not_meant_is_named_and_taken_all_the_same(name: str) -> None:
    file, changes, expected = WARNED[name]
    assert warnings(changed(file, *changes)) == expected


COMMENTS = "kind: collect, key: comments, label: {th: ก}, for: {selection: rejected}, by: {days: 7}, form: c"
ALLOWED: dict[str, tuple[Path, list[Change]]] = {
    "dates that do not follow the order of the list": (FIRST, [("by: 2020-08-31T23:59:59+07:00", "by: 2020-07-05")]),
    "payments of different levels of 100 % each": (
        FIRST,
        [
            ("    for: {selection: [outstanding, good]}\n    of: selection", "    for: {selection: outstanding}\n    of: selection"),
            (
                "  - kind: collect                 # step 5",
                "  - {kind: support, key: other, label: {th: ก}, for: {selection: good}, of: selection}\n  - kind: collect # 5",
            ),
        ],
    ),
    "an end that hangs on a term": (FILM, [("by: 2026-05-31", "by: {days: 1}")]),
    "routes by every answer without one for the rest": (
        RESEARCH,
        [
            (
                "  - committee: reviewers\n",
                "".join(f"  - {{committee: reviewers, answers: {{proposal.people: {answer}}}}}\n" for answer in ("involved", "none")),
            )
        ],
    ),
    "quarterly reports": (
        RESEARCH,
        [(REPORT, REPORT + "    repeat: {times: 4, every: {months: 3}}\n"), ("report: accepted", "report_4: accepted")],
    ),
    "one more stage for those who were rejected": (
        FIRST,
        [
            (
                "  - kind: collect                 # step 5",
                f"  - {{{COMMENTS}}}\n  - kind: collect # 5",
            ),
            ("stages:\n", "forms:\n  c: {questions: [{key: a, type: long_text, label: {th: ก}}]}\nstages:\n"),
        ],
    ),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_unusual_and_agrees_is_taken_without_a_word(name: str) -> None:
    file, changes = ALLOWED[name]
    assert warnings(changed(file, *changes)) == []
