"""Every attack of the corpus through the real inspection: `python -m tests.fuzz.attacks [name …]` prints what was contained."""

import argparse
import os
import sys
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ |= {f"OMSAP_{name}": "redis://nowhere/of-no-use-to-inspection" for name in ("SECRET_KEY", "DATABASE_URL", "BROKER_URL")}

from fuzz.containment import Outcome, ground
from shared import sandbox


def main(patterns: Iterable[str]) -> int:
    """Print a line an attack that was not contained, and the numbers."""
    outcomes: list[Outcome] = []
    with ground() as field:
        for name in field.recipes:
            if not any(fnmatch(name, pattern) for pattern in patterns):
                continue
            outcome = field.attack(name)
            outcomes.append(outcome)
            if outcome.wrong or sys.stdout.isatty():
                print(
                    f"{'not contained' if outcome.wrong else 'contained'}  {name}  {', '.join(outcome.wrong or outcome.codes)}", flush=True
                )
        asked = len(field.canary.asked)
    walls = sandbox.status()
    contained = sum(not outcome.wrong for outcome in outcomes)
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    largest = max(outcomes, key=lambda outcome: outcome.children_bytes)
    print(f"sandbox: {'whole' if walls.whole else f'weak, {walls.why}'}; the canary was asked {asked} times")
    print(f"slowest: {slowest.name}, {slowest.seconds:.1f} s; largest: {largest.name}, {largest.children_bytes >> 20} MiB")
    print(f"attacks: {contained} of {len(outcomes)} contained")
    return 0 if contained == len(outcomes) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("patterns", nargs="*", default=["*"], help="names of attacks, with * for any part")
    sys.exit(main(parser.parse_args().patterns))
