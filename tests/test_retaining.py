"""What has had its time goes, by one function, and nothing else does; the service calls it by itself."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graphsvc.access.audit import Deed, Question
from graphsvc.access.database import FILE, text_of
from graphsvc.access.installation import Access
from graphsvc.access.users import Duty
from graphsvc.errors import StoreUnavailable
from graphsvc.jobs.job import Wish
from graphsvc.retaining import LetGo, retain
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.uploads import MEGABYTE, Uploads
from graphsvc.working import dispatcher

NOTHING = LetGo(0, 0, 0, 0, 0, 0)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = Service.open(Settings(home=tmp_path, audit_days=10, job_days=5))
    yield service
    service.close()


def noted(home: Path, at: datetime) -> None:
    """Let a row of the audit trail be written at a moment; they come one after the other."""
    replace(Access.of(home).trail, now=lambda: at, days=10_000).note(Deed("user-1", "POST /api/v1/judgements"))


def filled(service: Service, home: Path, at: datetime) -> None:
    """Let each kind of thing that passes happen once, at a moment."""
    access = Access.of(home)
    user, _ = access.users.make(f"Maija {at.timestamp():.0f}", Duty())
    replace(access.sessions, now=lambda: at).start(user.id)
    replace(access.attempts, now=lambda: at).begin(user.name, f"192.0.2.{at.day}")
    job = service.jobs.add(Wish("measures", f"[{at.timestamp()}]", user.id))
    service.jobs.cancel(job.id)
    turn = service.repeats.claim(user.id, f"{at.timestamp()}", "asked")
    with sqlite3.connect(service.repeats._kept.folder / service.repeats._kept._name) as database:
        ends = at.timestamp() + 24 * 3600
        database.execute("UPDATE answer SET until = ? WHERE token = ?", (ends, turn.token))  # type: ignore[union-attr]
    with sqlite3.connect(home / next(home.glob("jobs-*.sqlite")).name) as database:
        database.execute("UPDATE job SET ended = ? WHERE id = ?", (at.isoformat(timespec="milliseconds"), job.id))
    sent = Uploads(service.desk.uploads._kept.folder, MEGABYTE, lambda: at)
    with sent.receiving() as file:
        file.write(b"Organisation;Contact\nA;Maija\n")
        sent.add(sent.received(file), "list.csv", user.id)


def test_what_has_had_its_time_goes_and_the_rest_stays(service: Service, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    noted(tmp_path, now - timedelta(days=11))
    noted(tmp_path, now - timedelta(minutes=5))
    filled(service, tmp_path, now - timedelta(minutes=5))
    filled(service, tmp_path, now - timedelta(days=11))  # last, because a sign-in and an upload let go of older ones
    assert service.retain() == LetGo(jobs=1, uploads=1, answers=1, audit=1, sessions=1, attempts=2)
    assert service.retain() == NOTHING, "once is enough"
    access = Access.of(tmp_path)
    assert len(access.trail.find(Question()).entries) == 1
    assert access.trail.check().wrong is None, "what was taken from the head of the trail doesn't break it"
    assert len(service.desk.uploads.all()) == 1
    assert len(service.jobs.find()[0]) == 1
    with sqlite3.connect(tmp_path / FILE) as database:
        assert database.execute("SELECT count(*) FROM session").fetchone() == (1,)
        assert database.execute("SELECT min(last) > ? FROM attempt", (text_of(now - timedelta(days=1)),)).fetchone()


def test_an_upload_goes_after_a_day_with_its_bytes(service: Service, tmp_path: Path) -> None:
    filled(service, tmp_path, datetime.now(UTC) - timedelta(hours=25))
    assert list(service.desk.uploads._kept.folder.glob("*.upload"))
    assert service.retain().uploads == 1
    assert not list(service.desk.uploads._kept.folder.glob("*.upload"))


def test_a_service_does_it_by_itself(service: Service, tmp_path: Path) -> None:
    filled(service, tmp_path, datetime.now(UTC) - timedelta(days=11))
    noted(tmp_path, datetime.now(UTC) - timedelta(days=11))
    keeper = dispatcher(service, threads=0)
    keeper.start()
    try:
        deadline = time.monotonic() + 20
        while Access.of(tmp_path).trail.find(Question()).entries and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        keeper.stop()
    assert service.retain() == NOTHING


def test_nothing_is_made_where_nobody_came(tmp_path: Path) -> None:
    service = Service.open(Settings(home=tmp_path))
    assert service.retain() == NOTHING
    service.close()
    assert not (tmp_path / FILE).exists()


def test_a_broken_file_is_a_sentence_and_no_crash_of_the_keeper(service: Service, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreUnavailable, match="users and keys"):
        retain(service.passing)
