"""Two processes: a file stays together, and so do the tests of one server; nothing is run twice or left out."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

FILE = """
import pytest

@pytest.mark.parametrize("store", ["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def test_stored(store): pass

def test_plain(): pass
"""
SETTINGS = "[pytest]\nmarkers = neo4j\nfilterwarnings = error\naddopts = --import-mode=importlib\n"


def test_files_and_servers_stay_together(root: Path, tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_bytes((root / "tests" / "sharing_out.py").read_bytes())
    (tmp_path / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
    for name in "abcdef":
        (tmp_path / f"test_{name}.py").write_text(FILE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-v", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=240, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "18 passed in" in done.stdout.splitlines()[-1], "the closing line"
    run = re.findall(r"^\[(gw\d)\] .* PASSED (test_.)\.py::(\S+)", done.stdout, re.MULTILINE)
    assert len(set(run)) == len(run) == 18
    places = defaultdict(set)
    for worker, file, test in run:
        places["server" if "neo4j" in test else file].add(worker)
    assert {each: len(workers) for each, workers in places.items()} == dict.fromkeys(places, 1)
    assert len({worker for worker, _, _ in run}) == 2
