"""Every text that people read has both languages and the same slots in each; no Thai stands outside of one."""

from services.cli.texts.harvest import DATA, ROOT, THAI, harvest
from services.cli.texts.workbook import wrong


def test_no_thai_is_outside_of_a_text() -> None:
    assert harvest().stray == []


def test_every_text_has_the_same_slots_in_both_languages() -> None:
    found = harvest().texts
    assert len(found) > 900
    assert {text.where: problem.en for text in found if (problem := wrong(text))} == {}


def test_what_is_left_out_is_there_and_holds_thai() -> None:
    for name in DATA:
        path = ROOT / name
        files = [path] if path.is_file() else [found for found in path.rglob("*") if found.suffix in (".py", ".js")]
        assert files, name
        assert name.endswith("vendor/") or any(THAI.search(file.read_text(encoding="utf-8")) for file in files), name
