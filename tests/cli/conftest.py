"""What tests of the command line share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def home(sample_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds the sample."""
    home = tmp_path_factory.mktemp("home")
    (home / "graph.kgl").write_bytes(sample_graph.read_bytes())
    return home
