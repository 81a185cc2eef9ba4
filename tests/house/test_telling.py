"""What fails is told while the others still run, in one process and in two."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FILE = """
def test_good(): pass

def test_bad(): assert "what was" == "wanted"

def test_later(): pass
"""


@pytest.mark.parametrize("processes", ["0", "1"])
def test_a_failure_is_told_at_once(root: Path, tmp_path: Path, processes: str) -> None:
    (tmp_path / "conftest.py").write_bytes((root / "tests" / "telling.py").read_bytes())
    (tmp_path / "test_some.py").write_text(FILE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-v", "-n", processes, "-p", "no:cacheprovider", "--rootdir", "."]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=240, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 1, done.stdout + done.stderr
    told, _, _ = done.stdout.partition("test_later PASSED" if processes == "0" else "= FAILURES =")
    assert "FAILED just now: test_some.py::test_bad" in told
    assert "assert 'what was' == 'wanted'" in told
    assert "1 failed, 2 passed in" in done.stdout.splitlines()[-1], "the closing line"
