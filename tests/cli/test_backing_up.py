"""A backup and its rehearsal at the terminal: saved, destroyed, restored, the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphsvc.cli import cli
from graphsvc.samples import sample_path
from graphsvc.store.backup import look


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, words, env={"GRAPHSVC_HOME": str(home)})


def test_what_was_destroyed_is_restored(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "network.graphsvc"
    assert run(home, "import", str(sample_path()), "--yes").exit_code == 0
    before = run(home, "export", "--format", "workbook", "--output", str(tmp_path / "before.xlsx"))
    assert before.exit_code == 0, before.output
    assert run(home, "backup", str(file)).exit_code == 0
    checked = run(home, "restore", str(file), "--check")
    assert checked.exit_code == 0
    assert "is whole" in checked.stderr
    refused = run(home, "restore", str(file))
    assert refused.exit_code != 0
    for each in sorted(home.iterdir()):
        each.unlink()
    assert run(home, "restore", str(file)).exit_code == 0
    assert run(home, "export", "--format", "workbook", "--output", str(tmp_path / "after.xlsx")).exit_code == 0
    assert (tmp_path / "after.xlsx").read_bytes() == (tmp_path / "before.xlsx").read_bytes()


@pytest.fixture
def serving() -> Iterator[Callable[[Path], None]]:
    """Start services on the data folders that are given, each a process of its own; end them."""
    started = []

    def start(home: Path) -> None:
        service = subprocess.Popen(
            [sys.executable, "-m", "graphsvc", "serve", "--port", "0"],
            env={**os.environ, "GRAPHSVC_HOME": str(home)},
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(service)
        assert service.stderr
        assert "is running" in service.stderr.readline()

    yield start
    for service in started:
        service.terminate()
        assert service.wait(30) == 0
        assert service.stderr
        service.stderr.close()


def test_a_running_service_saves_the_graph_that_it_holds(tmp_path: Path, serving: Callable[[Path], None]) -> None:
    home, file = tmp_path / "home", tmp_path / "network.graphsvc"
    assert run(home, "import", str(sample_path()), "--yes").exit_code == 0
    serving(home)
    saved = run(home, "backup", str(file))
    assert saved.exit_code == 0, saved.output
    assert look(file).revision > 0
    assert not list(tmp_path.glob("*.part"))
