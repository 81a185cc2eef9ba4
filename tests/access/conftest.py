"""An empty installation with a clock that stands until it is moved."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graphsvc.access.attempts import Attempts
from graphsvc.access.audit import Trail
from graphsvc.access.database import FILE
from graphsvc.access.installation import Access
from graphsvc.access.keys import KeyRing
from graphsvc.access.sessions import Sessions
from graphsvc.access.users import Users


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def access(tmp_path: Path, clock: Clock) -> Access:
    file = tmp_path / "home" / FILE
    return Access(
        KeyRing(file, clock),
        Users(file, clock),
        Sessions(file, clock),
        Attempts(file, clock),
        Trail(file, now=clock),
    )
