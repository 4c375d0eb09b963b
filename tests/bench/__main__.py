"""All measurements, one after another on an otherwise quiet machine: `make bench`. Names as arguments run only those."""

import argparse
import subprocess
import sys
from pathlib import Path

BENCHES = ("upload", "intake_memory", "resume", "intake_load", "check", "web_copy", "pipeline", "claims", "answers", "opening")

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHES))
names = parser.parse_args().names
if unknown := set(names) - set(BENCHES):
    parser.error(f"no bench is called {', '.join(sorted(unknown))}")
for bench in names or BENCHES:
    print(f"\n── {bench} " + "─" * 60, flush=True)
    subprocess.run([sys.executable, str(Path(__file__).with_name(f"{bench}.py"))], check=True)
