"""A backup over the API: of any size, one at a time."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graphsvc import deadline
from graphsvc.api import backups
from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.store import backup
from tests.api.conftest import SETTINGS

BACKUP = "/api/v1/backup"


@pytest.fixture
def client(service: Service) -> FlaskClient:
    return create_app(SETTINGS, service).test_client()


def test_one_is_made_at_a_time_and_takes_as_long_as_it_takes(
    client: FlaskClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks, others, save = list[float | None](), list[int](), backup.save

    def saved(*about: object) -> backup.Held:
        clocks.append(deadline.left())
        with deadline.within(8.0):
            other = client.application.test_client().get(BACKUP)
        others.append(other.status_code)
        assert other.content_type == "application/problem+json" and "already" in other.get_json()["detail"]
        assert other.headers["Retry-After"]
        return save(*about)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "save", saved)
    answer = client.get(BACKUP)
    assert answer.status_code == 200 and clocks == [None] and others == [503]
    monkeypatch.undo()
    assert client.get(BACKUP).status_code == 200, "and then the next"


def test_what_comes_is_a_backup(client: FlaskClient, service: Service, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    file.write_bytes(client.get(BACKUP).data)
    assert backup.look(file).counts["actor"] == len(service.snapshot().actors)


@pytest.mark.parametrize("read_on", [True, False])
def test_it_is_sent_in_parts_and_leaves_nothing_behind(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, read_on: bool
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(backups, "PART", 1000)
    answer = client.get(BACKUP)
    assert list(tmp_path.iterdir()), "the file is there until it was sent"
    if read_on:
        parts = list(answer.iter_encoded())
        assert len(parts) > 1 and max(map(len, parts)) <= 1000
        assert sum(map(len, parts)) == answer.content_length
    answer.close()
    assert list(tmp_path.iterdir()) == []
