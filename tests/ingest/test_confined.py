"""The child process that reads a file sends what the file says; what ends it is a sentence; none of them is left."""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graphsvc import model
from graphsvc.errors import InputError, UnreadableFile
from graphsvc.ingest import confined, confined_lines, confined_start
from graphsvc.ingest.confined import ConfinedReading, ReaderFailed
from graphsvc.ingest.confined_limits import Limits
from graphsvc.ingest.confined_opening import open_here
from graphsvc.ingest.confined_spawn import SpawnedChild
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import Problem, ReadRow, Severity
from graphsvc.samples import sample_path
from tests.ingest.hostile.workbooks import rows as workbook_of

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are spawned here")


@pytest.fixture(params=["forked", "spawned"])
def started(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Start children in both ways: the second is what a system without fork has."""
    if request.param == "spawned":
        monkeypatch.setattr(confined, "start_child", SpawnedChild)
    elif not hasattr(os, "fork"):
        pytest.skip("no fork here")
    return str(request.param)


@pytest.fixture
def links(tmp_path: Path) -> Callable[[int], Path]:
    """Write so many links as a CSV file."""

    def write(count: int) -> Path:
        path = tmp_path / "links.csv"
        lines = "".join(f"a{number},b{number}\n" for number in range(count))
        path.write_text(f"source,target\n{lines}", encoding="utf-8")
        return path

    return write


def children() -> list[int]:
    """Return the processes that the nursery has made and not yet buried, zombies included."""
    nursery = confined_start._NURSERY._process
    if nursery is None:
        return []
    text = Path(f"/proc/{nursery.pid}/task/{nursery.pid}/children").read_text(encoding="ascii")
    return [int(pid) for pid in text.split()]


def eventually(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + 10
    while not true() and time.monotonic() < until:
        time.sleep(0.01)
    return true()


@pytest.mark.usefixtures("started")
def test_what_is_sent_is_what_the_file_says() -> None:
    here, there = open_here(sample_path()), open_file(sample_path())
    assert (there.source, there.fingerprint, there.format) == (here.source, here.fingerprint, here.format)
    expected = list(here.rows())
    assert list(there.rows()) == expected
    assert list(there.rows()) == expected, "again, from the beginning"


def test_every_claim_and_every_problem_can_be_sent() -> None:
    assert set(confined_lines._KINDS.values()) == set(typing.get_args(model.Claim))
    problem = Problem("f", "s", 3, "c", "\ud800" * 3000, "m", "r", Severity.WARNING, whole_sheet=True)
    sent = confined_lines.Rows().read(confined_lines.item_lines(problem))
    assert isinstance(sent, Problem)
    assert len(sent.value) < 20_000
    assert sent.value.startswith("\\ud800")
    assert (sent.row, sent.severity, sent.whole_sheet) == (3, Severity.WARNING, True)


@pytest.mark.usefixtures("started")
def test_two_readings_at_once_do_not_meet(links: Callable[[int], Path]) -> None:
    reading = open_file(links(3000))
    for first, second in zip(reading.rows(), reading.rows(), strict=True):
        assert first == second


def test_from_many_threads(links: Callable[[int], Path]) -> None:
    path = links(50)
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(list(open_file(path).rows())))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [50] * 8


def test_progress_comes_through(links: Callable[[int], Path]) -> None:
    told: list[tuple[int, int]] = []
    list(open_file(links(2000)).rows(lambda *how_far: told.append(how_far)))
    here: list[tuple[int, int]] = []
    list(open_here(links(2000)).rows(lambda *how_far: here.append(how_far)))
    assert told == here
    assert told


@linux
@forks
def test_closing_the_rows_ends_the_child_and_nothing_is_left(links: Callable[[int], Path]) -> None:
    path = links(20_000)
    gc.collect()
    eventually(lambda: not children())
    files = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    reading = open_file(path)
    rows = reading.rows()
    next(rows)
    assert len(children()) == 1
    typing.cast("Any", rows).close()
    assert eventually(lambda: not children()), "neither running nor a zombie"
    assert len(list(reading.rows())) == 20_000, "it can be read again"
    del reading, rows
    gc.collect()
    assert eventually(lambda: not children())
    assert len(os.listdir("/proc/self/fd")) == files  # noqa: PTH208


@linux
@forks
@pytest.mark.parametrize("number", [signal.SIGABRT, signal.SIGSEGV, signal.SIGKILL])
def test_a_child_that_dies_is_a_sentence(links: Callable[[int], Path], number: signal.Signals) -> None:
    rows = open_file(links(20_000)).rows()
    next(rows)
    os.kill(children()[0], number)
    with pytest.raises(UnreadableFile, match=r"links\.csv (can't be read|asks for more memory)") as caught:
        list(rows)
    assert caught.value.remedy
    assert len(list(open_file(links(5)).rows())) == 5, "the next file is read"


@linux
@forks
def test_a_child_that_died_while_it_waited_is_replaced(links: Callable[[int], Path]) -> None:
    reading = open_file(links(10))
    os.kill(children()[0], signal.SIGKILL)
    assert eventually(lambda: not children())
    assert len(list(reading.rows())) == 10


@forks
def test_many_files_opened_and_dropped_at_once(links: Callable[[int], Path]) -> None:
    """Children that end by themselves while they are let go are buried once; the nursery lives on."""
    path = links(1)
    assert len(list(open_file(path).rows())) == 1
    nursery = confined_start._NURSERY._process
    for _ in range(200):
        limits = Limits(idle_seconds=0.0)
        ConfinedReading(path, limits)
    assert len(list(open_file(path).rows())) == 1
    assert confined_start._NURSERY._process is nursery


@linux
@forks
def test_a_nursery_that_died_is_replaced(links: Callable[[int], Path]) -> None:
    path = links(10)
    assert len(list(open_file(path).rows())) == 10
    nursery = confined_start._NURSERY._process
    assert nursery
    nursery.kill()
    nursery.wait()
    assert len(list(open_file(path).rows())) == 10


@forks
def test_a_nursery_that_ends_with_its_children_says_nothing() -> None:
    for _ in range(5):  # what it once said came three times in ten
        ours, control = socket.socketpair()
        with control:
            nursery = subprocess.Popen(
                [sys.executable, "-m", "graphsvc.ingest.confined_nursery", str(control.fileno())],
                pass_fds=[control.fileno()],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        held = []
        for _ in range(20):
            lines, life = socket.socketpair(), socket.socketpair()
            socket.send_fds(ours, [b"+"], [lines[1].fileno(), life[1].fileno()])
            lines[1].close()
            life[1].close()
            held += [lines[0], life[0]]
        ours.close()
        assert nursery.communicate(timeout=60)[1] == b""
        assert nursery.returncode == 0
        for each in held:
            each.close()


@pytest.mark.usefixtures("started")
def test_too_much_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_text('{"nodes":[' + ",".join(f'{{"id":{number}}}' for number in range(300_000)) + "]}", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"large\.json (needs|asks for) more") as caught:
        list(ConfinedReading(path, Limits(memory=120_000_000)).rows())
    assert "Split it" in caught.value.remedy


@forks
def test_too_much_processor_time(tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    path.write_text("source,target\n" + "a,b\nb,c\nc,a\n" * 300_000, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="takes too long") as caught:
        ConfinedReading(path, Limits(opening_seconds=0))
    assert caught.value.remedy


@pytest.mark.usefixtures("started")
def test_silence(links: Callable[[int], Path]) -> None:
    with pytest.raises(UnreadableFile, match=r"nothing came of it for 0\.02 seconds") as caught:
        list(ConfinedReading(links(300_000), Limits(silence_seconds=0.02)).rows())
    assert caught.value.remedy


@pytest.mark.usefixtures("started")
def test_one_who_waits_too_long_is_replaced(links: Callable[[int], Path]) -> None:
    reading = ConfinedReading(links(10), Limits(idle_seconds=0.05))
    time.sleep(0.3)
    assert len(list(reading.rows())) == 10


@pytest.mark.usefixtures("started")
def test_a_file_that_changes(links: Callable[[int], Path]) -> None:
    reading = open_file(links(10))
    links(11)
    with pytest.raises(UnreadableFile, match="was changed"):
        list(reading.rows())
    with pytest.raises(UnreadableFile, match="was changed"):
        list(reading.rows())
    assert len(list(open_file(links(11)).rows())) == 11


def test_a_file_that_changes_while_it_is_read(links: Callable[[int], Path]) -> None:
    rows = open_file(links(20_000)).rows()
    next(rows)
    links(20_001)
    with pytest.raises(UnreadableFile, match="was changed while it was read"):
        list(rows)


def test_a_file_that_is_gone(links: Callable[[int], Path]) -> None:
    path = links(10)
    reading = open_file(path)
    path.unlink()
    with pytest.raises(InputError, match=r"was changed|no file"):
        list(reading.rows())


@pytest.mark.usefixtures("started")
def test_the_folder_may_change_but_not_the_file(
    links: Callable[[int], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    reading = open_file(Path(links(10).name))
    monkeypatch.chdir(tmp_path.parent)
    assert len(list(reading.rows())) == 10


@linux
@forks
def test_the_child_knows_no_passwords_and_writes_nothing(
    links: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    confined_start._NURSERY.close()
    monkeypatch.setenv("GRAPHSVC_STORE_PASSWORD", "correct horse")
    reading = open_file(links(10))
    (child,) = children()
    assert b"correct horse" not in Path(f"/proc/{child}/environ").read_bytes()
    limits = Path(f"/proc/{child}/limits").read_text(encoding="ascii")
    assert re.search(r"Max file size +0 +0 ", limits)
    assert re.search(r"Max core file size +0 +0 ", limits)
    assert re.search(rf"Max address space +{Limits().memory} +{Limits().memory} ", limits)
    assert len(list(reading.rows())) == 10


def patched(code: str) -> Callable[..., list[str]]:
    """Return the program of the nursery with readers of ours made weaker."""

    def program(module: str, *arguments: str) -> list[str]:
        return [
            sys.executable,
            "-c",
            f"{code}\nimport runpy\nrunpy.run_module({module!r}, None, '__main__', True)",
            *arguments,
        ]

    return program


@pytest.fixture
def weakened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Run code in a nursery of its own before it has its first child."""
    clients = []

    def weaken(code: str) -> None:
        client = confined_start._NurseryClient()
        clients.append(client)
        monkeypatch.setattr(confined_start, "_NURSERY", client)
        monkeypatch.setattr(confined_start, "program", patched(code))

    yield weaken
    for client in clients:
        client.close()


@forks
def test_the_engine_that_aborts_ends_the_child_only(tmp_path: Path, weakened: Callable[[str], None]) -> None:
    """Without the guard the workbook of 1.7 kB makes calamine abort its process."""
    weakened("from graphsvc.ingest import workbook; workbook.check_workbook = lambda path: {}")
    path = tmp_path / "far.xlsx"
    workbook_of('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')(path)
    with pytest.raises(UnreadableFile, match=r"made its reader crash|more memory|more than") as caught:
        open_file(path)
    assert not isinstance(caught.value, ReaderFailed)
    assert caught.value.remedy


@forks
def test_a_mistake_of_a_reader_is_told_and_logged(
    links: Callable[[int], Path], weakened: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    weakened("from graphsvc.ingest import confined_child\ndef fail(*given): 1 / 0\nconfined_child.open_here = fail")
    with pytest.raises(ReaderFailed, match="its reader failed") as caught:
        open_file(links(1))
    assert "ZeroDivisionError" in caught.value.details
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError" not in str(caught.value)


@pytest.mark.parametrize(
    "line",
    [
        b"Z{}\n",
        b"a[]\n",
        b'R{"id":"x"}\n',
        b"!null\n",
        b"\x80\x04.\n",
        b"R" + json.dumps({"id": "x", "source": "s", "row": 0, "values": {}}).encode() + b"\n",
        b"R" + json.dumps({"id": "x", "source": "DROP TABLE", "row": 1, "values": {}}).encode() + b"\n",
        b"R" + json.dumps({"id": "x", "source": "s", "row": 1, "values": {}, "more": 1}).encode() + b"\n",
    ],
)
def test_what_no_reader_of_ours_sends_is_not_taken(line: bytes) -> None:
    with pytest.raises(confined_lines.Broken):
        confined_lines.Rows().read(line)


def test_a_row_without_end_is_not_taken() -> None:
    rows = confined_lines.Rows()
    source = model.Source(id="s", name="x" * 2000)
    line = confined_lines.item_lines(ReadRow(model.Record(id="r", source="s", row=1, values={}), (source,)))
    claim = line[: line.index(b"\n") + 1]
    with pytest.raises(confined_lines.Broken, match="a row of more than"):
        for _ in range(10_000):
            rows.read(claim)


def test_a_row_larger_than_any_is_refused() -> None:
    record = model.Record(id="r", source="s", sheet="Actors", row=7, values={"a": "x" * 17_000_000})
    with pytest.raises(UnreadableFile, match="Row 7 of Actors is larger than 16 MB"):
        confined_lines.item_lines(ReadRow(record, ()))


def test_the_service_loads_no_reader_of_files() -> None:
    """What a file could break is not even in the process of the service."""
    readers = {
        "python_calamine",
        *(f"graphsvc.ingest.{name}" for name in ("workbook", "xmlevents", "confined_opening")),
    }
    code = f"import sys, graphsvc.service; print(sorted({readers} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
