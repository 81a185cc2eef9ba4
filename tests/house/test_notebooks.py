"""Notebooks are kept without outputs, and a notebook that fails is noticed (``make notebooks`` runs the real ones)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def notebook(path: Path, *cells: str, output: str = "") -> None:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])  # type: ignore[no-untyped-call]
    if output:
        made.cells[0]["outputs"] = [nbformat.v4.new_output("stream", text=output)]  # type: ignore[no-untyped-call]
    nbformat.write(made, path)  # type: ignore[no-untyped-call]


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / "run_notebooks.py"), str(folder)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)


def test_there_is_one() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_it_holds_no_outputs_and_says_what_it_does(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells  # type: ignore[no-untyped-call]
    assert not [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]
    assert cells[0].cell_type == "markdown"
    assert cells[0].source.startswith("# ")


def test_a_notebook_that_fails_is_noticed(tmp_path: Path) -> None:
    notebook(tmp_path / "good.ipynb", "1 + 1")
    notebook(tmp_path / "wrong.ipynb", "1 / 0")
    done = run(tmp_path)
    assert done.returncode == 1
    assert "good.ipynb: ran" in done.stdout
    assert "ZeroDivisionError" in done.stdout


def test_kept_outputs_are_noticed(tmp_path: Path) -> None:
    notebook(tmp_path / "full.ipynb", "print('seen')", output="seen")
    done = run(tmp_path)
    assert done.returncode == 1
    assert "holds outputs in cells [1]" in done.stdout
