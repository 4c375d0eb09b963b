"""Changed files through the real inspection and rules: `python -m tests.fuzz [--files 10000] [--seed 2563]` prints how many it survived."""

import argparse
import os
import sys
from pathlib import Path
from tempfile import gettempdir

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ |= {f"OMSAP_{name}": "redis://nowhere/of-no-use-to-inspection" for name in ("SECRET_KEY", "DATABASE_URL", "BROKER_URL")}

from fuzz.running import Tally, run

EVERY = 1000


def _tell(tally: Tally) -> None:
    if tally.files % EVERY == 0:
        print(f"{tally.files} files, {len(tally.failures)} not survived, {tally.seconds:.0f} s", flush=True)


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--files", type=int, default=10_000)
parser.add_argument("--seed", type=int, default=2563)
parser.add_argument("--only", type=int, help="try this one file of the seed alone")
parser.add_argument("--keep", type=Path, default=Path(gettempdir()) / "omsap-fuzz", help="where files that were not survived are kept")
given = parser.parse_args()
numbers = range(given.files) if given.only is None else [given.only]
tally = run(numbers, seed=given.seed, keep=given.keep, told=_tell)
for outcome, count in tally.outcomes.most_common():
    print(f"{count:6}  {outcome}")
for failure in tally.failures:
    print(f"\nnot survived: {failure}")
print(f"slowest: file {tally.slowest[1]}, {tally.slowest[0]:.1f} s")
print(f"speed: {tally.files / max(tally.seconds, 0.001):.1f} files/s, {tally.seconds:.0f} s in all")
print(f"fuzz: {tally.files - len(tally.failures):,} of {tally.files:,} files survived (seed {given.seed})")
sys.exit(1 if tally.failures else 0)
