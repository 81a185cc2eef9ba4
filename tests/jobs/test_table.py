"""The table of jobs: what is told is kept, one at a time per kind, and a claim that ran out changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphsvc.errors import NotFound, StoreUnavailable
from graphsvc.jobs import table as tables
from graphsvc.jobs.job import Claim, QueueFull, State, Wish
from graphsvc.jobs.table import ATTEMPTS, LEASE, JobTable

KINDS = ("measure", "import")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def table(tmp_path: Path, clock: Clock) -> Iterator[JobTable]:
    table = JobTable(tmp_path / "jobs.sqlite", clock=clock)
    yield table
    table.close()


def claimed(table: JobTable, worker: str = "one") -> Claim:
    claim = table.claim(worker, KINDS)
    assert claim
    return claim


def test_a_job_goes_its_way_and_keeps_its_result(table: JobTable) -> None:
    job = table.add(Wish("measure", '{"of":"all"}', by="Maija", revision=7))
    assert (job.state, job.by, job.revision, job.arguments) == (State.QUEUED, "Maija", 7, '{"of":"all"}')
    claim = claimed(table)
    assert table.report(claim, 3, 10, "half way") is False
    running = table.get(job.id)
    assert (running.state, running.done, running.total, running.note) == (State.RUNNING, 3, 10, "half way")
    assert running.started
    assert table.finish(claim, '{"answer":"ä"}')
    ended = table.get(job.id)
    assert (ended.state, table.result(job.id)) == (State.DONE, '{"answer":"ä"}')
    assert job.version < running.version < ended.version


def test_what_was_told_is_there_after_a_restart(tmp_path: Path) -> None:
    first = JobTable(tmp_path / "jobs.sqlite")
    job = first.add(Wish("measure", "{}"))
    claim = claimed(first)
    first.finish(claim, "1")
    first.close()
    again = JobTable(tmp_path / "jobs.sqlite")
    assert (again.get(job.id).state, again.result(job.id)) == (State.DONE, "1")
    again.close()


def test_the_same_wish_is_one_job_while_it_is_open(table: JobTable) -> None:
    first = table.add(Wish("measure", "{}", revision=1))
    assert table.add(Wish("measure", "{}", by="another", revision=1)).id == first.id
    others = [Wish("measure", "{}", revision=2), Wish("measure", "[]", revision=1), Wish("import", "{}", revision=1)]
    assert len({first.id, *(table.add(each).id for each in others)}) == 4
    table.finish(claimed(table), "1")
    assert table.add(Wish("measure", "{}", revision=1)).id != first.id


def test_one_of_a_kind_at_a_time_the_oldest_first(table: JobTable) -> None:
    jobs = [table.add(Wish(kind, text)) for kind, text in (("measure", "1"), ("measure", "2"), ("import", "3"))]
    first, other = claimed(table), claimed(table, "two")
    assert (first.job.id, other.job.id) == (jobs[0].id, jobs[2].id)
    assert table.claim("three", KINDS) is None
    table.finish(first, "0")
    assert claimed(table).job.id == jobs[1].id


def test_only_kinds_that_a_worker_knows_are_claimed(table: JobTable) -> None:
    table.add(Wish("paint", "{}"))
    assert table.claim("one", KINDS) is None


def test_a_lease_that_runs_out_gives_the_job_to_another_and_voids_the_claim(table: JobTable, clock: Clock) -> None:
    job = table.add(Wish("measure", "{}"))
    slow = claimed(table)
    clock.now += LEASE - 1
    assert table.renew(slow) is False
    clock.now += LEASE - 1
    assert table.claim("two", KINDS) is None, "it was renewed"
    clock.now += 2
    quick = claimed(table, "two")
    assert quick.attempt == 2
    assert table.renew(slow) is None
    assert table.report(slow, 1, 2, "") is None
    assert not table.finish(slow, '"slow"')
    assert not table.end(slow, State.FAILED, "no")
    assert not table.give_back(slow)
    assert table.finish(quick, '"quick"')
    assert table.result(job.id) == '"quick"'
    assert not table.finish(quick, '"twice"')
    assert table.result(job.id) == '"quick"'


def test_a_job_that_ends_its_worker_each_time_is_given_up(table: JobTable, clock: Clock) -> None:
    job = table.add(Wish("measure", "{}"))
    for _ in range(ATTEMPTS):
        claimed(table)
        clock.now += LEASE + 1
    assert table.claim("one", KINDS) is None
    ended = table.get(job.id)
    assert ended.state is State.FAILED
    assert ended.error
    assert "3 times" in ended.error


def test_what_is_given_back_waits_and_does_not_count(table: JobTable, clock: Clock) -> None:
    job = table.add(Wish("measure", "{}"))
    for _ in range(5):
        assert table.give_back(claimed(table))
    assert table.get(job.id).attempts == 0
    table.give_back(claimed(table), 5.0, counts=True)
    assert table.claim("one", KINDS) is None
    clock.now += 6
    assert claimed(table).attempt == 2


def test_cancelling(table: JobTable, clock: Clock) -> None:
    waiting, running = table.add(Wish("measure", "1")), table.add(Wish("import", "2"))
    assert table.cancel(waiting.id).state is State.CANCELLED
    claim = claimed(table)
    asked = table.cancel(running.id)
    assert (asked.state, asked.cancel) == (State.RUNNING, True)
    assert table.cancel(running.id).version == asked.version, "asking twice is asking once"
    assert table.renew(claim) is True
    assert table.report(claim, 1, 2, "") is True
    clock.now += LEASE + 1  # its worker is gone before it could stop
    assert table.claim("two", KINDS) is None
    assert table.get(running.id).state is State.CANCELLED
    assert table.cancel(running.id).state is State.CANCELLED
    with pytest.raises(NotFound, match="job"):
        table.cancel("nothing")


def test_a_cancelled_job_that_is_given_back_is_cancelled(table: JobTable) -> None:
    job = table.add(Wish("measure", "1"))
    claim = claimed(table)
    table.cancel(job.id)
    table.give_back(claim)
    assert table.get(job.id).state is State.CANCELLED


def test_lists_come_in_pages_the_newest_first(table: JobTable) -> None:
    jobs = [table.add(Wish("measure", str(n))) for n in range(5)]
    table.cancel(jobs[0].id)
    page, total = table.find(limit=2)
    assert ([each.id for each in page], total) == ([jobs[4].id, jobs[3].id], 5)
    page, _ = table.find(limit=9, before=page[-1].number)
    assert [each.id for each in page] == [jobs[2].id, jobs[1].id, jobs[0].id]
    assert table.find({State.CANCELLED})[1] == table.find({State.CANCELLED}, "measure")[1] == 1
    assert table.find((), "import") == ((), 0)


def test_old_jobs_are_forgotten_and_their_bytes_with_them(table: JobTable, clock: Clock, tmp_path: Path) -> None:
    table.add(Wish("measure", '{"who":"Matti-Meikalainen"}'))
    table.finish(claimed(table), "1")
    kept = table.add(Wish("measure", "2"))
    clock.now += 31 * 86_400
    assert table.prune(30) == 1
    assert [each.id for each in table.find()[0]] == [kept.id], "one that waits is never forgotten"
    table.close()
    assert not any(b"Meikalainen" in file.read_bytes() for file in tmp_path.iterdir())


def test_the_queue_is_bounded(table: JobTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "WAITING", 2)
    for n in range(2):
        table.add(Wish("measure", str(n)))
    table.add(Wish("measure", "0"))  # the same again is no more
    with pytest.raises(QueueFull):
        table.add(Wish("measure", "3"))


def test_a_file_that_is_no_table_is_said(tmp_path: Path) -> None:
    (tmp_path / "jobs.sqlite").write_bytes(b"no database at all, whatever its name says" * 40)
    table = JobTable(tmp_path / "jobs.sqlite")
    with pytest.raises(StoreUnavailable, match="list of jobs"):
        table.find()
    table.close()


def test_every_change_is_on_the_disk(table: JobTable, tmp_path: Path) -> None:
    table.add(Wish("measure", "{}"))
    with sqlite3.connect(tmp_path / "jobs.sqlite") as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert other.execute("SELECT count(*) FROM job").fetchone() == (1,)
    other.close()
    with table._opened() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert connection.execute("PRAGMA secure_delete").fetchone()[0] == 1


def test_a_table_without_a_file_is_gone_when_it_is_closed() -> None:
    table = JobTable()
    table.add(Wish("measure", "{}"))
    assert table.find()[1] == 1
    table.close()
    assert table.find()[1] == 0
    table.close()


def test_of_the_kinds_of_one_lane_one_job_runs_at_a_time(tmp_path: Path) -> None:
    table, lanes = JobTable(tmp_path / "jobs.sqlite"), {"import": "files", "undo": "files"}
    kinds = ("import", "undo", "measure")
    for kind in kinds:
        table.add(Wish(kind, "{}"))
    first = table.claim("one", kinds, lanes)
    assert first
    assert first.job.kind == "import"
    beside = table.claim("two", kinds, lanes)
    assert beside
    assert beside.job.kind == "measure", "undo waits for its lane"
    assert table.claim("three", kinds, lanes) is None
    table.finish(first, "{}")
    after = table.claim("three", kinds, lanes)
    assert after
    assert after.job.kind == "undo"
    table.close()
