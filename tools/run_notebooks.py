"""Run every notebook from top to bottom in a temporary folder: ``make notebooks``. The files stay as they are.

A notebook is kept without outputs, so that a change of it is a change of what it says.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"


def read(path: Path) -> Any:
    """Return the notebook in ``path``; raises ``nbformat.ValidationError`` when it is not a valid one."""
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    return notebook


def run(path: Path, timeout: int = 300) -> Any:
    """Run one notebook with an empty data folder and return it with its outputs; raises ``CellExecutionError``."""
    notebook = read(path)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "GRAPHSVC_HOME": folder, "PYTHONWARNINGS": "default"}
        client = NotebookClient(
            notebook, timeout=timeout, kernel_name="python3", resources={"metadata": {"path": folder}}
        )
        client.execute(env=environment)
    return notebook


def dirty(path: Path) -> list[int]:
    """Return the numbers of the cells that hold outputs or a run's count."""
    cells = enumerate(read(path).cells, start=1)
    return [number for number, cell in cells if cell.get("outputs") or cell.get("execution_count")]


def main(folder: Path) -> None:
    """Run all of a folder; end with 1 when one fails or holds outputs."""
    failed = False
    for path in sorted(folder.glob("*.ipynb")):
        began = time.monotonic()
        try:
            run(path)
        except CellExecutionError as error:
            print(f"{path.name}: {error}")
            failed = True
            continue
        print(f"{path.name}: ran in {time.monotonic() - began:.0f} s")
        if cells := dirty(path):
            print(f"{path.name}: holds outputs in cells {cells}; clear them before you commit.")
            failed = True
    sys.exit(failed)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else NOTEBOOKS)
