"""What only the embedded engine must stand: a second process, and a process that is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphsvc.errors import StoreBusy, StoreTimeout
from graphsvc.settings import Settings
from graphsvc.store import queries
from graphsvc.store.embedded import EmbeddedEngine
from graphsvc.store.finding import ActorSearch
from graphsvc.store.opening import open_store

ROUNDS = 5
ACTORS_PER_CHANGE = 50

HOLDER = """
import sys
from graphsvc.settings import Settings
from graphsvc.store.opening import open_store
store = open_store(Settings.load(store=sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
store.close()
"""

WRITER = """
import itertools, os, sys
from graphsvc.model import Actor
from graphsvc.settings import Settings
from graphsvc.store.change import Change
from graphsvc.store.opening import open_store
store, size = open_store(Settings.load(store=sys.argv[1])), int(sys.argv[2])
with open(sys.argv[3], "a") as acknowledged:
    for number in itertools.count(store.revision()):
        actors = [Actor(id=f"a{number}.{one}", name=f"Actor {number} {one}") for one in range(size)]
        store.apply(Change(f"change {number}", "batch", actors))
        acknowledged.write(f"{number}\\n")
        acknowledged.flush()
        if number % 4 == 3:
            store.engine._engine._session.save()  # a checkpoint, so that kills also fall into its writing
"""


def _python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the graph open."""
    with _python(HOLDER, str(tmp_path / "graph.kgl")) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def test_a_second_process_is_told_who_has_the_graph(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    settings = Settings.load(store=str(tmp_path / "graph.kgl"))
    with pytest.raises(StoreBusy, match=f"process {holder.pid} ") as refused:
        open_store(settings)
    assert refused.value.pid == holder.pid
    assert "running service" in refused.value.remedy
    holder.communicate("")
    open_store(settings).close()


def test_a_second_handle_in_this_process_is_told_so(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "graph.kgl")
    with pytest.raises(StoreBusy, match="in this process") as refused:
        EmbeddedEngine(tmp_path / "graph.kgl")
    assert refused.value.pid == os.getpid()
    engine.close()


def test_a_killed_process_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    path, acknowledged = tmp_path / "graph.kgl", tmp_path / "acknowledged"
    pause = random.Random(7)  # noqa: S311  # only where the kills fall
    for _ in range(ROUNDS):
        before = acknowledged.read_text().count("\n") if acknowledged.exists() else 0
        with _python(WRITER, str(path), str(ACTORS_PER_CHANGE), str(acknowledged)) as writer:
            while not acknowledged.exists() or acknowledged.read_text().count("\n") < before + 3:
                assert writer.poll() is None
                time.sleep(0.01)
            time.sleep(pause.uniform(0, 0.4))
            writer.send_signal(signal.SIGKILL)
        kept = {int(line) for line in acknowledged.read_text().split()}
        store = open_store(Settings.load(store=str(path)))
        written = [number for number in range(max(kept) + 2) if store.knows(f"change {number}")]
        assert kept <= set(written)
        assert store.revision() == len(written)
        assert store.actors(ActorSearch()).total == len(written) * ACTORS_PER_CHANGE
        store.close()


def test_a_statement_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = queries.parse(
        "x/endless",
        "// Never ends.\n// mode: read\n// seconds: 1\n// columns:\n//   n: integer\n"
        "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y UNWIND range(1, 1000) AS z\n"
        "WITH x, y, z WHERE x = y AND y = z RETURN count(*) AS n",
    )
    monkeypatch.setattr(queries, "statement", lambda name: endless)
    engine = EmbeddedEngine(tmp_path / "graph.kgl")
    with pytest.raises(StoreTimeout, match="x/endless"):
        engine.read("x/endless")
    engine.close()


def test_rows_are_made_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made in one call, those of a large graph keep all other threads waiting."""
    engine = EmbeddedEngine(tmp_path / "graph.kgl")

    class Answer:
        """An answer of which nothing but the next row can be had."""

        def __iter__(self) -> Iterator[dict[str, int]]:
            return ({"n": number} for number in range(3))

    class Session:
        def cypher(self, text: str, **how: object) -> Answer:
            return Answer()

    monkeypatch.setattr(engine, "_open_session", Session)
    assert engine.read("actors/all") == [{"n": 0}, {"n": 1}, {"n": 2}]
    monkeypatch.undo()
    engine.close()


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    store = open_store(Settings.load(store=":memory:"))
    store.snapshot()
    store.close()
    assert capfd.readouterr() == ("", "")
