"""A Neo4j of the tests ends with the process that started it, also when that is killed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

STARTER = """
import sys, time
from pathlib import Path
from tests import neo4j_server
server = neo4j_server.launch(neo4j_server.LONG_TERM, sys.argv[1], "", Path(sys.argv[2]))
print(server.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_it_is_gone_with_who_started_it(tmp_path: Path) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    java.chmod(0o755)
    command = [sys.executable, "-c", STARTER, str(java), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as starter:
        assert starter.stdout
        pid = int(starter.stdout.readline())
        assert runs(pid)
        starter.kill()
    over = time.monotonic() + 30
    while runs(pid):
        assert time.monotonic() < over, "it outlives who started it"
        time.sleep(0.02)


def runs(pid: int) -> bool:
    """Return whether a process is there, and not only its end that nobody has asked for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
