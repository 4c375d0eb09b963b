"""No file that is changed at random comes out of inspection and rules as anything but facts and findings."""

from pathlib import Path
from typing import Any

from fuzz.mutation import corpus, mutant
from fuzz.running import run

FILES, SEED = 60, 2563
"""Ten thousand are tried by `python -m tests.fuzz`, in `make test-all`."""


def test_changed_files_are_survived(stack: dict[str, Any], tmp_path: Path) -> None:
    tally = run(range(FILES), seed=SEED, keep=tmp_path)
    assert tally.failures == []
    assert tally.files == FILES
    # Neither so little changed that nothing is found, nor so much that no tool gets far.
    assert 0.1 < sum(count for outcome, count in tally.outcomes.items() if outcome.endswith("passed")) / FILES < 0.9


def test_same_seed_and_number_make_the_same_file_again() -> None:
    honest = {name: content for name, content in corpus().items() if name.startswith(("plan", "bare", "tables"))}
    made = [mutant(honest, seed=SEED, number=number) for number in range(50)]
    assert made == [mutant(honest, seed=SEED, number=number) for number in range(50)]
    assert sum(content not in honest.values() for _, content in made) > 40
