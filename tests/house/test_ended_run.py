"""A run of tests that is asked to end leaves no server and no folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.house.test_servers_of_tests import runs

CONFTEST = """
import pytest
from tests import neo4j_server
from tests.ending import pytest_sessionstart
from tests.faults.mortal import MortalServer

@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    yield
    (tmp_path_factory.getbasetemp() / "closed").touch()

@pytest.fixture
def server(folder):
    return neo4j_server.from_artifacts(neo4j_server.Release("of-tests", "Main", java=1))

@pytest.fixture
def mortal(folder, monkeypatch):
    monkeypatch.setattr(neo4j_server, "LONG_TERM", neo4j_server.Release("of-tests", "Main", java=1))
    return MortalServer()
"""
JAVA = """#!/bin/sh
echo $$ >"$PID"
exec sleep 60
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
@pytest.mark.parametrize(("server", "processes"), [("server", "0"), ("mortal", "1")])
def test_it_leaves_nothing(root: Path, tmp_path: Path, server: str, processes: str) -> None:
    """A server that never answers is waited for; then somebody ends the run."""
    java, cache, left, pid = (tmp_path / name for name in ("java", "cache", "left", "pid"))
    for folder in (java / "bin", cache / "graphsvc-tests" / "neo4j-of-tests", left, tmp_path / "run"):
        folder.mkdir(parents=True)
    (java / "release").write_text('JAVA_VERSION="1"\n', encoding="utf-8")
    (java / "bin" / "java").write_text(JAVA, encoding="utf-8")
    (java / "bin" / "java").chmod(0o755)
    (cache / "graphsvc-tests" / "neo4j-of-tests" / "classpath.txt").write_text(str(java), encoding="utf-8")
    (tmp_path / "run" / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (tmp_path / "run" / "test_it.py").write_text(f"def test_it({server}): pass\n", encoding="utf-8")
    surroundings = {"JAVA_HOME": str(java), "XDG_CACHE_HOME": str(cache), "TMPDIR": str(left), "PID": str(pid)}
    command = [sys.executable, "-m", "pytest", "-q", "-n", processes, "--rootdir", str(tmp_path / "run")]
    command += ["-c", os.devnull, "-p", "no:cacheprovider", "--basetemp", str(tmp_path / "own"), str(tmp_path / "run")]
    environment = {**os.environ, **surroundings, "PYTHONPATH": str(root)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL) as run:
        over = time.monotonic() + 120
        while not (pid.exists() and pid.read_text(encoding="utf-8").strip()):
            assert run.poll() is None
            assert time.monotonic() < over
            time.sleep(0.02)
        assert list(left.iterdir()), "it has a folder"
        run.terminate()
        assert run.wait(120) == pytest.ExitCode.INTERRUPTED
    assert not runs(int(pid.read_text(encoding="utf-8")))
    assert list(left.iterdir()) == []
    assert list((tmp_path / "own").rglob("closed")), "what the tests share was closed"
