"""The shelf: shared between processes, bounded, and never a reason to fail."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from graphsvc.sharing.shelf import Shelf, recall

NUMBERS = tuple[int, ...]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shared", megabytes=1)


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "shared").glob("*.json.gz"))


def test_another_shelf_on_the_same_folder_has_it(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put("a", (1, 2), NUMBERS)
    other = Shelf(tmp_path / "shared", megabytes=1)
    assert other.holds("a")
    assert other.get("a", NUMBERS) == (1, 2)
    assert other.get("b", NUMBERS) is None
    other.clear()
    assert not shelf.holds("a")


def test_those_not_asked_for_longest_go_first(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shared", megabytes=1)
    values = {name: tuple(os.urandom(200_000)) for name in "abcd"}  # some 300 kB each, packed
    for at, name in enumerate("abc"):
        shelf.put(name, values[name], NUMBERS)
        os.utime(shelf._path(name), (at, at))
    assert shelf.get("a", NUMBERS) == values["a"]  # asked for just now
    shelf.put("d", values["d"], NUMBERS)
    assert [shelf.holds(name) for name in "abcd"] == [True, False, True, True]
    assert sum(file.stat().st_size for file in files(tmp_path)) <= 1_000_000


@pytest.mark.parametrize("content", [b"", b"no gzip", b"\x1f\x8b\x08\x00"])
def test_a_broken_file_is_made_anew(shelf: Shelf, tmp_path: Path, content: bytes) -> None:
    shelf.put("a", (1,), NUMBERS)
    (file,) = files(tmp_path)
    file.write_bytes(content)
    assert recall(shelf, "a", NUMBERS, lambda: ((2,), True)) == (2,)
    assert shelf.get("a", NUMBERS) == (2,)


def test_a_value_of_another_type_is_missing(shelf: Shelf) -> None:
    shelf.put("a", "text", str)
    assert shelf.get("a", frozenset[tuple[str, str]]) is None


def test_what_is_not_good_for_others_is_not_kept(shelf: Shelf) -> None:
    assert recall(shelf, "a", NUMBERS, lambda: ((1,), False)) == (1,)
    assert not shelf.holds("a")


def test_a_folder_that_can_t_be_written_to_shares_nothing(tmp_path: Path) -> None:
    (tmp_path / "shared").write_text("a file where the folder should be")
    shelf = Shelf(tmp_path / "shared", megabytes=1)
    assert recall(shelf, "a", NUMBERS, lambda: ((1,), True)) == (1,)


def test_nothing_is_kept_with_a_limit_of_nothing(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shared", megabytes=0)
    assert recall(shelf, "a", NUMBERS, lambda: ((1,), True)) == (1,)
    assert not (tmp_path / "shared").exists()


SECOND = """
import sys
from pathlib import Path
from graphsvc.sharing.shelf import Shelf, recall
print(recall(Shelf(Path(sys.argv[1]), 1), "a", str, lambda: ("made twice", True)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no flock: both compute")
def test_a_second_process_waits_for_the_first(shelf: Shelf, tmp_path: Path) -> None:
    with shelf.turn("a"):
        second = subprocess.Popen(
            [sys.executable, "-c", SECOND, str(tmp_path / "shared")], stdout=subprocess.PIPE, text=True
        )
        time.sleep(1)
        shelf.put("a", "made once", str)
    assert second.communicate(timeout=30)[0] == "made once\n"


def test_nobody_waits_for_ever(tmp_path: Path) -> None:
    slow, quick = Shelf(tmp_path, 1), Shelf(tmp_path, 1, patience=0.2)
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with slow.turn("a"):
            entered.set()
            leave.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait(30)
    began = time.monotonic()
    assert recall(quick, "a", str, lambda: ("made", True)) == "made"
    assert time.monotonic() - began < 5
    leave.set()
    thread.join()
