"""Who writes a graph in a file is killed at random moments: what was confirmed is there, and nothing half."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from graphsvc.settings import Settings
from graphsvc.store.opening import open_store
from tests.faults.made_up_files import made_up_files

KILLS: Final = 10
SEED: Final = 20261127
FILES: Final = 3


def writer(store: Path, files: list[Path], *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.writer", *options, str(store), *map(str, files)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return made_up_files(tmp_path_factory.mktemp("files"), FILES)


@pytest.fixture(scope="module")
def undisturbed(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """The hash of the graph at each revision of an import that nobody disturbs."""
    store = tmp_path_factory.mktemp("clean") / "graph.kgl"
    told, _ = writer(store, files, "--hashes").communicate(timeout=120)
    assert told.endswith("done\n")
    lines = [line.split() for line in told.splitlines()[1:-1]]
    return {int(revision): digest for revision, digest in lines}


def test_ten_kills_lose_nothing_and_leave_nothing_half(
    files: list[Path], undisturbed: dict[int, str], tmp_path: Path
) -> None:
    path, dice = tmp_path / "graph.kgl", random.Random(SEED)  # noqa: S311  # the moments
    last, confirmed, cut = max(undisturbed), 0, 0
    for _ in range(KILLS):
        process = writer(path, files)
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        wanted = min(confirmed + dice.randint(1, 2 * last // KILLS - 3), last - 1)
        for line in process.stdout:
            confirmed = int(line.split()[0])
            if confirmed >= wanted:
                break
        time.sleep(dice.uniform(0, 0.02))  # a change takes some ms: anywhere in the next one or two
        process.kill()
        told, _ = process.communicate(timeout=30)  # what it still confirmed before it died
        whole = [line for line in told.splitlines(keepends=True) if line.endswith("\n")]
        confirmed = max([confirmed, *(int(line.split()[0]) for line in whole if line != "done\n")])
        store = open_store(Settings.load(store=str(path)))
        revision, digest = store.revision(), store.graph_hash()
        store.close()
        assert confirmed <= revision <= confirmed + 1, "a confirmed change is gone, or there is one too many"
        assert digest == undisturbed[revision], "something half was left"
        cut += revision < last
    assert cut >= KILLS // 2, "it was done before it was killed"
    told, _ = writer(path, files).communicate(timeout=120)
    assert told.endswith("done\n")
    store = open_store(Settings.load(store=str(path)))
    assert (store.revision(), store.graph_hash()) == (last, undisturbed[last])
    store.close()
