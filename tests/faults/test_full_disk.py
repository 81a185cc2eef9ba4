"""The disk is full in the middle of an import: what was confirmed stays, a sentence says why, it goes on later."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from graphsvc.settings import Settings
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from tests.faults.made_up_files import made_up_files
from tests.faults.processes import GRAPHSVC, ask, environment, run, serving

SMALL: Final = 900_000
"""Bytes: some of the files find room there and the rest don't."""
LIMITED: Final = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes}, {bytes}))
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


@dataclass
class Disk:
    """Where a graph lies, and how an import runs there."""

    folder: Path
    command: list[str]
    make_room: Callable[[], list[str]]
    """Returns the command with which it goes on."""


def _file_limit(folder: Path) -> Iterator[Disk]:
    """A limit on the size of a file: needs no rights, so it runs everywhere but on Windows."""
    limited = [sys.executable, "-c", LIMITED.format(bytes=SMALL), *GRAPHSVC[1:]]
    yield Disk(folder, limited, lambda: list(GRAPHSVC))


def _small_file_system(folder: Path) -> Iterator[Disk]:
    """A file system of its own, in memory and too small: needs the right to mount."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)]
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or subprocess.run(mount, check=False).returncode:
        pytest.skip("needs the right to mount a file system, which only root has")

    def grow() -> list[str]:
        subprocess.run(["mount", "-o", "remount,size=200m", str(folder)], check=True)
        return list(GRAPHSVC)

    try:
        yield Disk(folder, list(GRAPHSVC), grow)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture(params=[_file_limit, _small_file_system], ids=["limited files", "small file system"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    if sys.platform == "win32":
        pytest.skip("limits on files and mounting are not the same on Windows")
    folder = tmp_path / "small"
    folder.mkdir()
    yield from request.param(folder)


def opened(path: Path) -> GraphStore:
    return open_store(Settings.load(store=str(path)))


def test_an_import_on_a_full_disk(disk: Disk, tmp_path: Path) -> None:
    files, home = made_up_files(tmp_path / "files", 4), tmp_path / "home"
    home.mkdir()
    path = disk.folder / "graph.kgl"
    settings = environment(str(path), home)
    stopped = run(disk.command, files, settings)
    assert stopped.returncode == 4, stopped.stderr
    assert "the disk is not full" in stopped.stderr, "the sentence says what to check"
    assert "Traceback" not in stopped.stderr
    saved = stopped.stderr.count(" saved (revision")
    assert 0 < saved < len(files)

    going_on = disk.make_room()
    store = opened(path)
    there = {source.name for source in store.status().sources if source.imported}
    store.close()
    assert {each.name for each in files[:saved]} <= there, "a confirmed import is gone"

    done = run(going_on, files, settings)
    assert done.returncode == 0, done.stderr
    clean = tmp_path / "clean.kgl"
    assert run(list(GRAPHSVC), files, environment(str(clean), home)).returncode == 0
    graphs = [opened(each) for each in (path, clean)]
    assert len({each.graph_hash() for each in graphs}) == 1
    assert len({each.revision() for each in graphs}) == 1
    for each in graphs:
        each.close()


def test_a_service_whose_data_folder_is_full_answers_questions(tmp_path: Path) -> None:
    home, store = tmp_path / "small", tmp_path / "graph.kgl"
    home.mkdir()
    assert run(list(GRAPHSVC), made_up_files(tmp_path / "files", 1), environment(str(store), tmp_path)).returncode == 0
    for _ in _small_file_system(home):
        with serving(environment(str(store), home), tmp_path / "service.log") as served:
            left = os.statvfs(home)
            (home / "rest").write_bytes(b"x" * left.f_bavail * left.f_frsize)
            for at in ("/health", "/api/v1/actors", "/api/v1/measures", "/api/v1/partnerships/missing", "/map"):
                assert ask(served.address, at).status == 200, at
