"""Those who do the jobs: progress, errors, cancelling, leaving; and workers that are killed."""

from __future__ import annotations

import json
import logging
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from graphsvc.errors import InvalidValue, StoreUnavailable
from graphsvc.jobs.dispatcher import Dispatcher, Handler
from graphsvc.jobs.job import Job, State, Wish
from graphsvc.jobs.report import Report
from graphsvc.jobs.table import JobTable


@pytest.fixture
def table(tmp_path: Path) -> Iterator[JobTable]:
    table = JobTable(tmp_path / "jobs.sqlite")
    yield table
    table.close()


@contextmanager
def dispatching(table: JobTable, handlers: Mapping[str, Handler], threads: int = 1) -> Iterator[Dispatcher]:
    dispatcher = Dispatcher(table, handlers, threads=threads)
    dispatcher.start()
    try:
        yield dispatcher
    finally:
        dispatcher.stop()


def until(true: Callable[[], bool], seconds: float = 20.0) -> float:
    """Wait until something is true, and return how long that took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, "it never became true"
        time.sleep(0.02)
    return time.monotonic() - began


def ended(table: JobTable, job: Job) -> Job:
    until(lambda: not table.get(job.id).open)
    return table.get(job.id)


def endless(_arguments: Any, report: Report) -> None:
    """Work until it is stopped, as a measurement does: it asks often."""
    while True:
        report(1, 2)
        time.sleep(0.005)


def test_a_job_is_done_and_its_result_kept(table: JobTable) -> None:
    def double(arguments: Any, report: Report) -> Any:
        report(1, 1)
        return {"twice": 2 * arguments["n"], "text": "å"}

    with dispatching(table, {"double": double}):
        job = table.add(Wish("double", '{"n":21}'))
        assert ended(table, job).state is State.DONE
    assert json.loads(table.result(job.id) or "") == {"twice": 42, "text": "å"}


def test_progress_is_seen_while_it_works(table: JobTable) -> None:
    go_on = Event()

    def work(_arguments: Any, report: Report) -> None:
        report.say("reading")
        report(400, 1000)
        go_on.wait(20)

    with dispatching(table, {"work": work}):
        job = table.add(Wish("work", "{}"))
        until(lambda: table.get(job.id).done == 400)
        assert (table.get(job.id).total, table.get(job.id).note) == (1000, "reading")
        go_on.set()
        ended(table, job)


def test_a_mistake_of_the_person_is_told_in_our_words(table: JobTable) -> None:
    def refuse(_arguments: Any, _report: Report) -> None:
        raise InvalidValue("There is no year 0.", remedy="Take 2014.")

    with dispatching(table, {"refuse": refuse}):
        job = ended(table, table.add(Wish("refuse", "{}")))
    assert (job.state, job.error, job.remedy, job.attempts) == (State.FAILED, "There is no year 0.", "Take 2014.", 1)


def test_a_mistake_of_ours_is_in_the_log_and_not_in_the_table(
    table: JobTable, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("graphsvc"), "propagate", True)

    def fail(_arguments: Any, _report: Report) -> None:
        raise ZeroDivisionError("secret")

    with dispatching(table, {"fail": fail}):
        job = ended(table, table.add(Wish("fail", "{}")))
    assert job.state is State.FAILED
    assert "secret" not in (job.error or "")
    # One line may be caught twice, where a test before has configured the logs.
    (told,) = {getattr(each, "job", None) for each in caplog.records if each.getMessage() == "job failed"}
    assert told == job.id


def test_a_store_that_is_away_puts_the_job_off(table: JobTable) -> None:
    tries = []

    def ask(_arguments: Any, _report: Report) -> int:
        tries.append(1)
        raise StoreUnavailable("away")

    with dispatching(table, {"ask": ask}):
        job = table.add(Wish("ask", "{}"))
        until(lambda: len(tries) == 1 and table.get(job.id).state is State.QUEUED)
    assert table.get(job.id).attempts == 1


@pytest.mark.parametrize("how", ["progress", "question"])
def test_cancelling_takes_less_than_two_seconds(table: JobTable, how: str) -> None:
    def asking(_arguments: Any, report: Report) -> None:
        while not report.stopping():
            time.sleep(0.005)
        raise InvalidValue("whatever the stopped work raises")

    with dispatching(table, {"endless": endless if how == "progress" else asking}):
        job = table.add(Wish("endless", "{}"))
        until(lambda: table.get(job.id).state is State.RUNNING)
        table.cancel(job.id)
        assert until(lambda: table.get(job.id).state is State.CANCELLED) < 2


def test_two_kinds_at_once_one_of_each(table: JobTable) -> None:
    with dispatching(table, {"endless": endless, "other": endless}, threads=3):
        jobs = [table.add(Wish(*each)) for each in (("endless", "1"), ("endless", "2"), ("other", "3"))]
        until(lambda: table.find({State.RUNNING})[1] == 2)
        time.sleep(1)
        assert [table.get(each.id).state.value for each in jobs] == ["running", "queued", "running"]


def test_leaving_puts_the_job_back_at_once(table: JobTable) -> None:
    with dispatching(table, {"endless": endless}) as dispatcher:
        job = table.add(Wish("endless", "{}"))
        until(lambda: not dispatcher.idle)
        dispatcher.stop()
        assert (table.get(job.id).state, table.get(job.id).attempts) == (State.QUEUED, 0)
        assert table.claim("another", ["endless"]), "and another worker need not wait for a lease"


def test_leaving_does_not_wait_for_what_can_t_be_stopped(table: JobTable) -> None:
    go_on = Event()

    def deaf(_arguments: Any, _report: Report) -> str:
        go_on.wait(30)
        return "too late"

    with dispatching(table, {"deaf": deaf}) as dispatcher:
        job = table.add(Wish("deaf", "{}"))
        until(lambda: not dispatcher.idle)
        began = time.monotonic()
        dispatcher.stop(patience=0.2)
        assert time.monotonic() - began < 2
        assert table.get(job.id).state is State.QUEUED
        go_on.set()
        until(lambda: dispatcher.idle)
        assert table.result(job.id) is None, "its claim is void"


def test_what_is_there_is_done_and_then_it_ends(table: JobTable) -> None:
    for n in range(3):
        table.add(Wish("note", str(n)))
    Dispatcher(table, {"note": lambda arguments, _report: arguments}).drain()
    assert table.find({State.DONE})[1] == 3


WORKER = """
import sqlite3, sys, time
from pathlib import Path
from graphsvc.jobs.dispatcher import Dispatcher
from graphsvc.jobs.table import JobTable

folder, lease = Path(sys.argv[1]), float(sys.argv[2])
effects = sqlite3.connect(folder / "effects.sqlite", timeout=20, isolation_level=None, check_same_thread=False)

def work(arguments, report):
    for step in range(4):
        effects.execute("INSERT OR IGNORE INTO effect VALUES (?, ?)", (arguments, step))
        effects.execute("INSERT INTO tried VALUES (?, ?)", (arguments, step))
        time.sleep(0.01)
        report(step, 4)
    return arguments

table = JobTable(folder / "jobs.sqlite", lease=lease, attempts=9)
dispatcher = Dispatcher(table, {f"kind{n}": work for n in range(4)}, threads=2)
dispatcher.start()
print("ready", flush=True)
time.sleep(600)
"""


def test_workers_that_are_killed_lose_nothing_and_finish_nothing_twice(tmp_path: Path) -> None:
    """Sixty jobs, two processes, eight kills at moments drawn by lot."""
    lot, lease = random.Random(16), 1.5  # noqa: S311  # moments, not secrets
    table = JobTable(tmp_path / "jobs.sqlite", lease=lease)
    with sqlite3.connect(tmp_path / "effects.sqlite") as effects:
        effects.execute("PRAGMA journal_mode=WAL")
        effects.execute("CREATE TABLE effect (job INTEGER, step INTEGER, PRIMARY KEY (job, step))")
        effects.execute("CREATE TABLE tried (job INTEGER, step INTEGER)")
    jobs = [table.add(Wish(f"kind{n % 4}", str(n))) for n in range(60)]
    workers = [_worker(tmp_path, lease) for _ in range(2)]
    try:
        kills = 0
        while kills < 8:
            time.sleep(lot.uniform(0.05, 0.5))
            until(lambda: table.find({State.RUNNING})[1] > 0 or not table.find({State.QUEUED})[1], 60)
            victim = lot.randrange(2)
            os.kill(workers[victim].pid, signal.SIGKILL)
            workers[victim].wait()
            workers[victim] = _worker(tmp_path, lease)
            kills += 1
        until(lambda: table.find({State.QUEUED, State.RUNNING})[1] == 0, 90)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    assert [(each.state.value, each.error) for each in (table.get(job.id) for job in jobs)] == [("done", None)] * 60
    assert [table.result(job.id) for job in jobs] == [str(n) for n in range(60)]
    assert sum(table.get(job.id).attempts > 1 for job in jobs) > 0, "some were broken off"
    assert effects.execute("SELECT count(*) FROM effect").fetchone() == (240,)
    effects.close()
    table.close()


def _worker(folder: Path, lease: float) -> subprocess.Popen[str]:
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(folder), str(lease)], stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout
    with worker.stdout:
        assert worker.stdout.readline() == "ready\n"
    return worker
