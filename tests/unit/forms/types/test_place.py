"""Places by their official codes."""

from typing import Any

import pytest
from factories.questions import asked, form, read, refused

from shared.forms.checking import check
from shared.forms.showing import shown

TAMBON = asked("place")
AMPHOE = asked("place", level="amphoe")
PROVINCE = asked("place", level="province")


@pytest.mark.parametrize(
    ("question", "typed", "code"),
    [
        (PROVINCE, "จ.ลำปาง", "52"),
        (PROVINCE, "Lampang", "52"),
        (PROVINCE, "๕๒", "52"),
        (PROVINCE, 52, "52"),
        (PROVINCE, 52.0, "52"),
        (PROVINCE, "กทม.", "10"),
        (PROVINCE, {"province": "ลำปาง"}, "52"),
        (AMPHOE, {"province": "จ.ลำปาง", "amphoe": "อ.เมือง"}, "5201"),
        (AMPHOE, "อ.แม่ทะ จ.ลำปาง", "5210"),
        (AMPHOE, "5210", "5210"),
        (TAMBON, {"province": "52", "amphoe": "เมืองลำปาง", "tambon": "ต.บ้านแลง"}, "520109"),
        (TAMBON, {"province": "52", "amphoe": "5201", "tambon": "520109"}, "520109"),
        (TAMBON, "ต.บ้านแลง อ.เมือง จ.ลำปาง", "520109"),
        (TAMBON, "แขวงดุสิต เขตดุสิต กรุงเทพฯ", "100201"),
        (TAMBON, "520109", "520109"),
    ],
)
def test_stored_by_code(question: Any, typed: object, code: str) -> None:
    assert read(question, typed) == code


@pytest.mark.parametrize(
    ("question", "typed", "code"),
    [
        (PROVINCE, "แอตแลนติส", "place_unknown"),
        (PROVINCE, "5201", "place_unknown"),
        (TAMBON, "529999", "place_unknown"),
        (TAMBON, "52", "place_unfinished"),
        (TAMBON, "จ.ลำปาง", "place_unfinished"),
        (TAMBON, {"province": "ลำปาง", "amphoe": "คลองเขื่อน", "tambon": "x"}, "place_unknown"),
        (TAMBON, {"province": "ลำปาง", "amphoe": "", "tambon": "บ้านแลง"}, "place_unfinished"),
        (PROVINCE, {"province": "ลำปาง", "amphoe": "แม่ทะ"}, "place_too_deep"),
        (PROVINCE, {"region": "north"}, "place_too_deep"),
        (PROVINCE, ["52"], "not_text"),
    ],
)
def test_refused(question: Any, typed: object, code: str) -> None:
    assert refused(question, typed) == code


def test_a_place_that_is_not_chosen_to_its_end_is_no_fault_of_a_draft() -> None:
    typed = {"answer": {"province": "52", "amphoe": "", "tambon": ""}}
    draft = check(form(TAMBON), typed, files={}, complete=False)
    assert (draft.problems, draft.values, draft.kept) == ((), {}, {"answer": {"province": "52", "amphoe": None, "tambon": None}})
    submitted = check(form(TAMBON), draft.kept, files={}, complete=True)
    assert [(problem.code, problem.text.en) for problem in submitted.problems] == [("place_unfinished", "please say the amphoe, too")]


def test_shown_by_names() -> None:
    assert shown(TAMBON, "520109").th == "ต.บ้านแลง อ.เมืองลำปาง จ.ลำปาง"
    assert shown(TAMBON, "520109").en == "Ban Laeng, Mueang Lampang, Lampang"
    assert shown(TAMBON, "100201").th == "แขวงดุสิต เขตดุสิต กรุงเทพมหานคร"
    assert shown(TAMBON, "999999").th == "999999"
