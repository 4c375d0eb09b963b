"""All measurements, one after another on an otherwise quiet machine: `make bench`."""

import subprocess
import sys
from pathlib import Path

BENCHES = ("upload", "check", "pipeline", "claims")

for bench in BENCHES:
    print(f"\n── {bench} " + "─" * 60, flush=True)
    subprocess.run([sys.executable, str(Path(__file__).with_name(f"{bench}.py"))], check=True)
