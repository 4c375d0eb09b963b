"""The types that a programme may take: wherever they are listed, they are the same."""

import re
from typing import get_args

import annotated_types
from factories.recipes import ROOT

from services.pages.uploads import PREPARING, FileLook
from services.web import media
from shared.forms.items import CLIPS as CLIPS_OF_FORMS
from shared.forms.items import FileType, Item
from shared.tools import document_reader, office_tool
from shared.tools.reading_copies import PICTURES
from shared.validation.facts import MOST_PICTURES
from shared.validation.sniffing import ARCHIVED, CLIPS, DOCUMENTS, OFFICE, SOUNDS


def test_programme_may_take_what_is_found_in_files() -> None:
    assert set(get_args(FileType)) == CLIPS | SOUNDS | DOCUMENTS
    assert CLIPS_OF_FORMS == CLIPS
    assert len(CLIPS) + len(SOUNDS) + len(DOCUMENTS) == len(get_args(FileType))


def test_every_type_has_a_media_type_and_is_known_to_the_page_that_sends() -> None:
    assert set(media.TYPES) == set(get_args(FileType))
    checks = (ROOT / "services/pages/static/js/sending/checks.js").read_text(encoding="utf-8")
    known = re.findall(r'^  "?(\w+)"?: \[', checks, flags=re.MULTILINE)
    assert set(known) == set(get_args(FileType))


def test_every_document_has_a_tool_that_makes_it_readable() -> None:
    assert {"pdf", *office_tool.FILTERS, *PICTURES} == DOCUMENTS
    assert {*document_reader.FORMS, "zip"} == ARCHIVED
    assert {*document_reader.OFFICE.values()} == OFFICE
    assert set(PREPARING) == set(FileLook) - {FileLook.OTHER}


def test_originals_that_a_browser_shows_are_clips_and_scans_only() -> None:
    assert CLIPS | {"jpg", "png"} == media.SHOWN


def test_most_pictures_of_a_zip_are_the_same_everywhere() -> None:
    (most,) = [one.le for one in Item.model_fields["max_pictures"].metadata if isinstance(one, annotated_types.Le)]
    assert most == MOST_PICTURES == document_reader.MOST_PICTURES
