"""`python -m bench`: every measurement one after the other, each in a process of its own."""

import subprocess
import sys
from pathlib import Path

# Measured by others, or what these are measured with.
_NOT_ALONE = {"__main__", "api_shop", "bare", "desk", "growth_shop", "importing", "setting", "twilio"}


def main() -> int:
    """Run them all; returns how many failed."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in _NOT_ALONE)
    failed = 0
    for name in names:
        print(f"\n── {name} ──", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"bench.{name}"]).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
