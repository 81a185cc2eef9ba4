"""What the benchmarks share: where the data lies, parts run in processes of their own, and a table of the results."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[1]
CORDIS = "cordis/cordis-h2020-assembled-csv.zip"


def data(name: str) -> Path:
    """Return a file of the data folder, or end with a sentence: the folder is not part of the repository."""
    path = shared(name)
    if not path.exists():
        sys.exit(f"This benchmark needs {name} in a folder 'data'. GRAPHSVC_SHARED names the folder around that.")
    return path


def shared(name: str) -> Path:
    """Return where a file of the data folder is, if it is there."""
    return Path(os.environ.get("GRAPHSVC_SHARED") or ROOT.parent / "shared") / "data" / name


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds that ``work`` takes, and its result."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def peak_megabytes() -> float:
    """Return the most memory that this process has held, in MB; 0 where the system does not say (Windows)."""
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def apart(module: str, *arguments: str) -> dict[str, Any]:
    """Run a benchmark's part in a fresh process, so that its memory is its own; return the JSON that it prints."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[1:])} ended with {done.returncode}.")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def show(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a small Markdown table under the machine it was made on."""
    print(f"\n{title}\n{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}\n")
    for row in [header, ["---"] * len(header), *rows]:
        print(f"| {' | '.join(written(cell) for cell in row)} |", flush=True)


def written(cell: object) -> str:
    """Return a number as it is read most easily."""
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.2f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
