"""A real service in a process of its own, on the sample."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def home(sample_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample in it."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "graph.kgl").write_bytes(sample_graph.read_bytes())
    return folder


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    """Where the service is."""
    command = [sys.executable, "-m", "graphsvc", "serve", "--port", "0"]
    with subprocess.Popen(command, env=_settings(home), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        found = re.search(r"running at (http://[^/\s]+)", process.stderr.readline())
        assert found, process.stderr.read()
        # What it logs is read away, or the pipe would fill and stop it.
        reader = subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
        yield found[1]
        process.terminate()
        assert process.wait(30) == 0
        reader.wait(10)


def _settings(home: Path) -> dict[str, str]:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("GRAPHSVC_")}
    return {**outside, "GRAPHSVC_HOME": str(home)}
