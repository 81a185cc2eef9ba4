"""What tests of the command line share."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from graphsvc.cli import cli
from graphsvc.samples import sample_path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds the sample."""
    home = tmp_path_factory.mktemp("home")
    done = CliRunner(env={"GRAPHSVC_HOME": str(home)}).invoke(cli, ["import", str(sample_path()), "--yes"])
    assert done.exit_code == 0, done.output
    return home
