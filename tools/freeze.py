"""Write constraints.txt anew: the exact versions that a fresh environment with everything gets today.

``python3 tools/freeze.py``; then run the tests, and commit the file together with what had to change.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAD = """\
# The exact versions of everything graphsvc and its tests run on, the same on every machine.
# `pip install -c constraints.txt …` uses it; `python3 tools/freeze.py` writes it anew from a fresh environment.
"""


def main() -> None:
    """Install ``.[dev]`` without constraints into a temporary environment and write down what came."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder, "Scripts" if sys.platform == "win32" else "bin", "python"))
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-e", f"{ROOT}[dev]"], check=True)
        freeze = [python, "-m", "pip", "freeze", "--exclude-editable"]
        lines = subprocess.run(freeze, check=True, capture_output=True, text=True).stdout.splitlines()
    odd = [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.!+-]+", line)]
    if odd:
        sys.exit(f"Not an exact version of a package from an index, so constraints.txt stays as it was: {odd}")
    text = HEAD + "\n".join(sorted(lines, key=str.casefold)) + "\n"
    (ROOT / "constraints.txt").write_text(text, encoding="utf-8")
    print(f"constraints.txt: {len(lines)} packages.")


if __name__ == "__main__":
    main()
