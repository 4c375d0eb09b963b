"""A programme's file in stages: every error with its line, its path, and the word that was probably meant."""

from pathlib import Path

import pytest
from unit.programmes.changes import FILM, FIRST, RESEARCH, Change, changed, errors

from shared.programmes.reading import ProgrammeInvalid, read, read_with_warnings


def line_of(content: str, part: str) -> int:
    return content[: content.index(part)].count("\n") + 1


KINDS = "'collect', 'judge', 'support'"
WHEN = "must be a date with time (2020-05-29T16:30:00+07:00), a day (2020-05-29) or a term (days: 30)"
NO_FIELD = "is not a known field; check its spelling"
TOO_LARGE = "the number is too large or too fine"

MISTAKES: dict[str, tuple[Path, list[Change], list[tuple[str, str]]]] = {
    "unknown fields at every depth": (
        FIRST,
        [("grace_minutes", "grace_minuts"), ("one_document", "on_document"), ("max_rows", "max_row"), ("levels:", "levls:")],
        [
            ("stages[0].grace_minuts", f"{NO_FIELD}; did you mean ‘grace_minutes’?"),
            ("stages[0].form.items[0].on_document", f"{NO_FIELD}; did you mean ‘one_document’?"),
            ("stages[2]", "a round either keeps submissions (keep, pass_score) or fills levels (levels)"),
            ("stages[2].levls", f"{NO_FIELD}; did you mean ‘levels’?"),
            ("stages[3].for.selection[0]", "stage selection has no state outstanding; known: shortlisted, rejected"),
            ("stages[3].for.selection[1]", "stage selection has no state good; known: shortlisted, rejected"),
            ("stages[3].of", "round selection awards no money: it has no levels"),
            ("stages[4].for.selection[0]", "stage selection has no state outstanding; known: shortlisted, rejected"),
            ("stages[4].for.selection[1]", "stage selection has no state good; known: shortlisted, rejected"),
            ("stages[4].form.questions[0].max_row", f"{NO_FIELD}; did you mean ‘max_rows’?"),
            *(
                (f"stages[{stage}].for.selection[{number}]", f"stage selection has no state {level}; known: shortlisted, rejected")
                for stage in (5, 6)
                for number, level in enumerate(("outstanding", "good"))
            ),
        ],
    ),
    "kind": (FIRST, [("kind: support", "kind: suport")], [("stages[3].kind", f"must be one of {KINDS}; did you mean ‘support’?")]),
    "no kind": (FIRST, [("kind: support ", "hint: {th: ก} ")], [("stages[3].kind", f"is missing; must be one of {KINDS}")]),
    "word of a list": (
        RESEARCH,
        [("level: amphoe", "level: tambom")],
        [("stages[0].form.questions[1].level", "must be one of 'province', 'amphoe' or 'tambon'; did you mean ‘tambon’?")],
    ),
    "dates": (
        FIRST,
        [
            ("by: 2020-05-29T23:59:59+07:00", "by: tomorrow"),
            ("by: 2020-06-30T23:59:59+07:00", "by: 2020-06-31"),
            ("by: 2020-07-31T23:59:59+07:00", "by: {days: 5, weeks: 1}"),
            ("by: 2020-07-31T23:59:59+07:00", "by: 2020-07-31T23:59:59"),
            ("by: 2020-08-31T23:59:59+07:00", "by: 2563-08-31"),
            ("by: 2020-08-20T23:59:59+07:00", "by: {days: many}"),
        ],
        [
            ("stages[0].by", WHEN),
            ("stages[1].by", "must be a day that exists, as 2020-05-29"),
            ("stages[3].by.weeks", f"{NO_FIELD}; known: days"),
            ("stages[4].by", "must say its time zone, as +07:00"),
            ("stages[5].by", "dates of a file have the year of the common era; did you mean 2020-08-31?"),
            ("stages[6].by.days", "must be a whole number"),
        ],
    ),
    "missing": (FIRST, [("    key: record\n", "")], [("stages[5].key", "is missing")]),
    "a form that is no form": (RESEARCH, [("form: progress", "form: 7")], [("stages[5].form", "must be a mapping of names to values")]),
    "quotas": (
        FIRST,
        [("quota: 18", "quota: 0"), ("keep: 36", "keep: many")],
        [("stages[1].keep", "must be a whole number"), ("stages[2].levels[0].quota", "must be greater than 0")],
    ),
    "numbers made to cost": (
        FIRST,
        [("quota: 18", "quota: 1.0e+999999"), ("amount: 90000", "amount: '1e999999'"), ("amount: 50000", "amount: 1000000000000000")],
        [("stages[2].levels[0].amount", TOO_LARGE), ("stages[2].levels[0].quota", TOO_LARGE), ("stages[2].levels[1].amount", TOO_LARGE)],
    ),
    "a format of the future": (FIRST, [("slug:", "format: 3\nslug:")], [("format", "this release reads the formats 1 and 2")]),
    "a key in capitals": (
        FIRST,
        [("key: record\n", "key: Record\n")],
        [("stages[5].key", "must be small letters, digits and _, beginning with a letter, at most 40")],
    ),
    "the other language": (
        FILM,
        [("label: {en: Synopsis}", "label: {th: เรื่องย่อ}")],
        [("stages[0].form.questions[4].label", "needs a text in English (en), the programme's only language")],
    ),
    "a form's own rules": (
        FILM,
        [("when: {genre: documentary}", "when: {genr: documentary}")],
        [("stages[0].form.questions[2].when.genr", "this form has no question called genr; did you mean ‘genre’?")],
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_told_with_its_path_and_what_is_expected(name: str) -> None:
    file, changes, expected = MISTAKES[name]
    assert errors(changed(file, *changes)) == expected


def test_line_is_that_of_the_value_and_of_what_surrounds_a_missing_one() -> None:
    content = changed(FIRST, ("kind: support", "kind: suport"), ("    key: record\n", ""))
    with pytest.raises(ProgrammeInvalid) as caught:
        read(content)
    found = [(error["line"], error["path"]) for error in caught.value.facts["errors"]]
    assert found == [
        (line_of(content, "kind: suport"), "stages[3].kind"),
        (line_of(content, "kind: collect                 # step 6"), "stages[5].key"),
    ]


def test_nearest_word_is_told_in_thai_too() -> None:
    with pytest.raises(ProgrammeInvalid) as caught:
        read(changed(FIRST, ("of: selection", "of: selecton")))
    assert [error["th"] for error in caught.value.facts["errors"]] == ["ไม่มีขั้นตอน judge ชื่อ selecton (หมายถึง ‘selection’ หรือไม่)"]


def test_warnings_have_lines_and_do_not_refuse() -> None:
    content = changed(FIRST, ("quota: 18, amount: 50000", "quota: 20"))
    definition, warnings = read_with_warnings(content)
    assert definition.slug == "network-2563"
    assert [(one.line, one.path, one.text.en) for one in warnings] == [
        (line_of(content, "kind: judge                   # step 3"), "stages[2]", "takes 38, but round screening keeps only 36"),
        (line_of(content, "quota: 20"), "stages[2].levels[1]", "level good has no amount, but stage support pays it"),
    ]


def test_more_stages_than_a_programme_can_need_are_refused_at_once() -> None:
    stage = "  - {kind: collect, key: s%d, label: {th: ก}, by: 2020-01-01, form: f, repeat: {times: 60, every: {days: 1}}}\n"
    text = changed(RESEARCH, ("stages:\n", "stages:\n" + "".join(stage % number for number in range(400))))
    assert ("stages", "there are more than 200 stages") in errors(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("routing:", "\n".join(f"fiscal_yea{number}: 1" for number in range(5000)) + "\nrouting:"),
        ("  - committee: reviewers", f"  - {{committee: reviewers, provinces: [{', '.join(f'ลำปา{number}' for number in range(9000))}]}}"),
    ],
)
def test_file_of_thousands_of_errors_tells_the_first_and_costs_no_more(before: str, after: str) -> None:
    assert 100 < len(errors(changed(RESEARCH, (before, after)))) < 500
