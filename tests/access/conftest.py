"""An empty installation with a clock that stands until it is moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graphsvc.access import passwords
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


@pytest.fixture(scope="module", autouse=True)
def passwords_as_they_are_kept(method_of_passwords: str) -> Iterator[None]:
    """Digests as the service makes them, as slowly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_METHOD", method_of_passwords)
        passwords._nobodys.cache_clear()
        yield
    passwords._nobodys.cache_clear()


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
