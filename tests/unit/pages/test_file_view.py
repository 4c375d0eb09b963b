"""How a file is shown: what is waited for, what has failed, and what can be chosen to play."""

from typing import Any
from uuid import UUID

import pytest

from services.pages.uploads import FileLook, FileView, Progress, RenditionLink, SourceName, UploadView
from shared.queue.lifecycle import JobState
from shared.submissions.models import Upload

PENDING = Progress(percent=None, coming=True, state=JobState.PENDING)
RUNNING = Progress(percent=43, coming=True, state=JobState.RUNNING)
DEAD = Progress(percent=None, coming=False, state=JobState.DEAD)
CLIP = {"type": "mov", "duration_seconds": 60}
PLAN = {"type": "docx", "pages": 12}
TALK = {"type": "mp3", "duration_seconds": 60}


def shown(**about: Any) -> FileView:
    """Return a file of which nothing was made yet, but for what is said."""
    nothing = {
        "id": UUID(int=1), "filename": "แผน.pdf", "size_bytes": 2_500_000, "type": None, "duration_seconds": None, "pages": None,
        "playable": False, "url": "/content", "copies": {}, "watched": None, "watched_bytes": None, "lighter": {}, "cues": None,
        "read": None, "pictures": [], "making": {},
    }  # fmt: skip
    return FileView.of(UploadView(**{**nothing, **about}))


@pytest.mark.parametrize(
    ("about", "look"),
    [
        (CLIP, FileLook.CLIP),
        (PLAN, FileLook.DOCUMENT),
        (TALK, FileLook.SOUND),
        ({"type": "zip"}, FileLook.DOCUMENT),
        ({}, FileLook.OTHER),
        ({"type": "jpg"}, FileLook.DOCUMENT),
    ],
)
def test_look_follows_the_content(about: dict[str, Any], look: FileLook) -> None:
    assert shown(**about).look is look


@pytest.mark.parametrize(
    ("about", "progress", "sentence"),
    [
        ({**CLIP, "making": {"web": PENDING}}, None, "Waiting to prepare a copy of the clip to watch here"),
        ({**CLIP, "making": {"web": RUNNING}}, 43, "Preparing a copy of the clip to watch here"),
        ({**PLAN, "making": {"document": RUNNING}}, 43, "Preparing a copy to read here"),
        ({**TALK, "making": {"sound": RUNNING}}, 43, "Preparing a copy of the recording to listen to here"),
    ],
)
def test_what_still_comes_is_waited_for(about: dict[str, Any], progress: int | None, sentence: str) -> None:
    preparation = shown(**about).preparation
    assert preparation is not None
    assert (preparation.percent, preparation.text.en) == (progress, sentence)


@pytest.mark.parametrize(
    "about",
    [
        {**CLIP, "making": {"web": DEAD}},
        {**CLIP, "making": {"web": RUNNING}, "watched": "/content"},
        {**CLIP, "making": {"document": RUNNING}},
        {**PLAN, "making": {"document": RUNNING}, "read": "/copies/document"},
        PLAN,
    ],
)
def test_nothing_is_waited_for_that_is_there_or_does_not_come(about: dict[str, Any]) -> None:
    assert shown(**about).preparation is None


def test_document_of_which_no_copy_could_be_made_has_failed() -> None:
    assert shown(**PLAN, making={"document": DEAD}).has_failed
    assert not shown(**PLAN, making={"document": RUNNING}).has_failed
    assert not shown(**PLAN, making={"document": DEAD}, read="/copies/document").has_failed
    assert not shown(**PLAN).has_failed
    assert shown(**TALK, making={"sound": DEAD}).has_failed
    assert not shown(**TALK, making={"sound": DEAD}, watched="/copies/sound").has_failed


def test_sound_is_listened_to_by_its_copy_and_never_as_it_came() -> None:
    sent = Upload(id=UUID(int=1), filename="a.mp3", size_bytes=9, facts={"type": "mp3", "duration_seconds": 60}, copies={})
    assert UploadView.of(sent, at="/x", making={}).watched is None
    sent.copies = {"sound": {"key": "k", "type": "m4a", "size_bytes": 5, "data": {}}}
    view = UploadView.of(sent, at="/x", making={})
    assert (view.watched, view.watched_bytes, view.lighter) == ("/x/copies/sound", 5, {})


def test_full_clip_is_the_first_choice_of_several_and_alone_is_none() -> None:
    lighter = {"sound": RenditionLink(url="/copies/sound", size_bytes=3), "small": RenditionLink(url="/copies/small", size_bytes=None)}
    clip = {**CLIP, "watched": "/copies/web", "watched_bytes": 9}
    found = [(one.name, one.url, one.size_bytes) for one in shown(**clip, lighter=lighter).sources]
    assert found == [
        (SourceName.FULL, "/copies/web", 9),
        (SourceName.SMALL, "/copies/small", None),
        (SourceName.SOUND, "/copies/sound", 3),
    ]
    assert shown(**clip).sources == []
