"""Keys of the API: made here, shown once, kept as a digest, taken back at once.

A key is 256 random bits, so a plain SHA-256 of it can't be guessed back; the slow digests that passwords need would let
anyone stop the service by sending wrong keys (docs/decisions/0022-keys.md).
"""

from __future__ import annotations

import hashlib
import re
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Self

from graphsvc.access.database import FILE, moment_of, opened, text_of
from graphsvc.access.rights import Caller, Right
from graphsvc.errors import InvalidValue, NotFound

DAYS: Final = 90
"""Days that a key holds unless told otherwise."""
MOST_DAYS: Final = 3650
LONGEST_NAME: Final = 100
"""Letters of the name of a key, and of a user."""
_NOTED: Final = timedelta(minutes=10)
"""How exactly the last use of a key is kept; more would mean a write for each request."""
_FORM: Final = re.compile(r"gsv_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new key is to be."""

    name: str
    """What it is for; no secret."""
    right: Right = Right.READ
    theme: str | None = None
    place: str | None = None
    days: int = DAYS


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret. Times are in UTC."""

    id: str
    name: str
    right: Right
    theme: str | None
    place: str | None
    made: datetime
    ends: datetime
    used: datetime | None
    """When it was last used, give or take ten minutes."""
    revoked: datetime | None

    def holds(self, at: datetime) -> bool:
        """Return whether it opens anything at a moment."""
        return self.revoked is None and at < self.ends

    @property
    def caller(self) -> Caller:
        """Whoever shows it."""
        return Caller(self.id, self.right, self.theme, self.place)


@dataclass(frozen=True)
class KeyRing:
    """All keys of an installation, in one SQLite file that is made with the first key. Processes may share it."""

    file: Path
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    @classmethod
    def of(cls, home: Path) -> Self:
        """Return the keys of the installation with this data folder."""
        return cls(home / FILE)

    def make(self, wish: Wish) -> tuple[Key, str]:
        """Return a new key and its text, which is nowhere kept. :class:`InvalidValue` for a wish that can't be."""
        name = " ".join(wish.name.split())
        if not name or len(name) > LONGEST_NAME:
            wrong = f"A key needs a name of 1 to {LONGEST_NAME} letters."
            raise InvalidValue(wrong, remedy="Say what it is for.", field="name")
        if not 1 <= wish.days <= MOST_DAYS:
            raise InvalidValue(f"A key can't hold {wish.days} days.", remedy=f"Take 1 to {MOST_DAYS}.", field="days")
        if wish.right is Right.NOTHING:
            raise InvalidValue("A key needs a right.", remedy="Take read, write or admin.", field="right")
        if (wish.theme or wish.place) and wish.right is not Right.READ:
            raise InvalidValue(
                "Only a key that reads can be limited to a theme or a place.",
                remedy="Leave out the limit, or let the key read only.",
                field="right",
            )
        id_ = secrets.token_hex(6)
        text = f"gsv_{id_}_{secrets.token_urlsafe(32)}"
        made = self.now()
        row = (id_, name, wish.right.value, wish.theme, wish.place, _digest(text), text_of(made))
        ends = text_of(made + timedelta(days=wish.days))
        with opened(self.file) as database:
            database.execute("INSERT INTO api_key VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)", (*row, ends))
        return self.get(id_), text

    def all(self) -> tuple[Key, ...]:
        """Return every key, the newest first."""
        if not self.file.exists():
            return ()
        with opened(self.file) as database:
            rows = database.execute("SELECT * FROM api_key ORDER BY made DESC, id").fetchall()
        return tuple(map(_key, rows))

    def get(self, id_: str) -> Key:
        """Return a key by its id. :class:`NotFound` when there is none."""
        found = self._row(id_)
        if found is None:
            raise NotFound("key", id_, remedy="See which there are: graphsvc keys")
        return _key(found)

    def rename(self, id_: str, name: str) -> Key:
        """Let a key say otherwise what it is for. :class:`NotFound` when there is none."""
        self.get(id_)
        with opened(self.file) as database:
            database.execute("UPDATE api_key SET name = ? WHERE id = ?", (name, id_))
        return self.get(id_)

    def revoke(self, id_: str) -> Key:
        """Let a key open nothing from now on. :class:`NotFound` when there is none."""
        self.get(id_)
        with opened(self.file) as database:
            database.execute(
                "UPDATE api_key SET revoked = ? WHERE id = ? AND revoked IS NULL", (text_of(self.now()), id_)
            )
        return self.get(id_)

    def shown(self, text: str) -> Key | None:
        """Return the key whose text this is, if it holds now, and note that it was used; None for any other text."""
        match = _FORM.fullmatch(text)
        row = self._row(match[1]) if match else None
        if row is None or not secrets.compare_digest(row["digest"], _digest(text)):
            return None
        key, now = _key(row), self.now()
        if not key.holds(now):
            return None
        if key.used is None or now - key.used > _NOTED:
            with opened(self.file) as database:
                database.execute("UPDATE api_key SET used = ? WHERE id = ?", (text_of(now), key.id))
        return key

    def _row(self, id_: str) -> sqlite3.Row | None:
        if not self.file.exists():
            return None
        with opened(self.file) as database:
            found: sqlite3.Row | None = database.execute("SELECT * FROM api_key WHERE id = ?", (id_,)).fetchone()
        return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _key(row: Any) -> Key:
    made, ends = datetime.fromisoformat(row["made"]), datetime.fromisoformat(row["ends"])
    right, limits = Right(row["scope"]), (row["theme"], row["place"])
    return Key(row["id"], row["name"], right, *limits, made, ends, moment_of(row["used"]), moment_of(row["revoked"]))
