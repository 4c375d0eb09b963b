"""What the committee listens to."""

from pathlib import Path

import pytest
from factories.clips import passed
from factories.jobs import worked
from factories.uploads import upload
from media import seen
from media.corpus import media

from shared.queue import kinds
from shared.queue.lifecycle import JobState
from shared.storage import store
from shared.validation.inspection import inspect

pytestmark = pytest.mark.usefixtures("clean", "scratch")


@pytest.mark.parametrize("name", ["cover.mp3", "old-recorder.m4a"])
def test_sound_gets_a_copy_of_its_whole_length_and_nothing_else(name: str, tmp_path: Path, scratch: Path) -> None:
    facts = inspect(media(name)).to_json()
    id_ = passed(media(name), 6, facts=facts)
    done = worked(kinds.MAKE_SOUND_COPY, subject_id=id_)
    assert (done.state, done.error) == (JobState.DONE, None)
    copies = upload(id_).copies
    assert set(copies) == {"sound"}
    assert (copies["sound"]["type"], copies["sound"]["data"]["seconds"]) == ("m4a", pytest.approx(6, abs=0.1))
    file = tmp_path / "sound.m4a"
    file.write_bytes(b"".join(store().read(copies["sound"]["key"])))
    (heard,) = seen.described(file)["streams"]
    assert (heard["codec_type"], heard["codec_name"]) == ("audio", "aac")
    assert seen.tones(file) == pytest.approx([0, 1, 2, 3, 4, 5], abs=0.08)
    assert list(scratch.iterdir()) == []


def test_sound_copy_is_made_once() -> None:
    id_ = passed(media("talk.mp3"), 6, facts=inspect(media("talk.mp3")).to_json())
    worked(kinds.MAKE_SOUND_COPY, subject_id=id_)
    first = upload(id_).copies
    worked(kinds.MAKE_SOUND_COPY, subject_id=id_)
    assert upload(id_).copies == first
