"""The one SQLite file of keys, users, sessions and the audit trail, beside the graph and never in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

FILE: Final = "access.db"
_VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS api_key (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  scope TEXT NOT NULL,
  theme TEXT,
  place TEXT,
  digest TEXT NOT NULL,
  made TEXT NOT NULL,
  ends TEXT NOT NULL,
  used TEXT,
  revoked TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS user (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  theme TEXT,
  place TEXT,
  digest TEXT NOT NULL,
  first_ends TEXT,
  made TEXT NOT NULL,
  signed_in TEXT,
  disabled TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS session (
  digest TEXT PRIMARY KEY,
  user TEXT NOT NULL REFERENCES user (id),
  made TEXT NOT NULL,
  ends TEXT NOT NULL,
  seen TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS attempt (
  account TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  last TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS audit (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  caller TEXT NOT NULL,
  act TEXT NOT NULL,
  thing TEXT NOT NULL,
  origin TEXT NOT NULL,
  request TEXT NOT NULL,
  refuses INTEGER,
  status INTEGER,
  chain TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS audit_refuses ON audit (refuses);
CREATE TABLE IF NOT EXISTS audit_start (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  chain TEXT NOT NULL
) STRICT;
"""


@contextmanager
def opened(file: Path, *, alone: bool = False) -> Iterator[sqlite3.Connection]:
    """Yield the database in a transaction, with its file made where there is none.

    ``alone``: nobody else writes from the first statement on, so that what was read still holds when it is written.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    database = sqlite3.connect(file, timeout=10)
    try:
        database.row_factory = sqlite3.Row
        database.execute("PRAGMA secure_delete = ON")  # a name that was forgotten is not left on the disk
        if database.execute("PRAGMA user_version").fetchone()[0] < _VERSION:
            database.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
        with database:
            if alone:
                database.execute("BEGIN IMMEDIATE")
            yield database
    finally:
        database.close()


def text_of(moment: datetime) -> str:
    """Return a moment as it is kept: ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def moment_of(text: str | None) -> datetime | None:
    """Return a moment that was kept; None for none."""
    return datetime.fromisoformat(text) if text else None
