"""The audit trail: who changed what, who saw contact data, and who signed in; rows are added and never changed.

A row is written before the act, so that no change is without one; where the act is refused after all, or shows only
then to which user or key it is done, a second row says so. Each row holds a digest of all before it, so that a row that
was altered or taken out shows. Persons are named by the ids of users and keys, never by name; of an address only the
network is kept.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from graphsvc.access.database import opened, text_of

DAYS: Final = 730
"""Days for which rows are kept unless told otherwise."""
TERMINAL: Final = "terminal"
"""Who asks at the command line of the machine itself."""
_LATER: Final = (
    "(SELECT max(status) FROM audit WHERE refuses = did.number) AS outcome,"
    " (SELECT thing FROM audit WHERE refuses = did.number AND status IS NULL ORDER BY number DESC) AS known"
)
"""What rows that came later say of one: its refusal, and to what it was done."""
_COLUMNS: Final = ("at", "caller", "act", "thing", "origin", "request", "refuses", "status")


@dataclass(frozen=True, slots=True)
class Deed:
    """What is noted."""

    caller: str
    """Id of a user or a key, ``public``, or ``terminal``."""
    act: str
    """Method and route: ``POST /api/v1/judgements``; or ``sign in``, ``saw contacts``."""
    thing: str = ""
    """What it was done to, by id."""
    origin: str = ""
    """The network that it came from (:func:`network_of`)."""
    request: str = ""
    """Id of the request, as in the log."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the trail."""

    number: int
    at: datetime
    deed: Deed
    status: int | None
    """HTTP status with which it was refused after all; None where it was done."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which rows."""

    since: datetime | None = None
    until: datetime | None = None
    """Only rows of before this moment."""
    caller: str | None = None
    limit: int = 50
    before: int | None = None
    """Only rows with smaller numbers: the ``next`` of the page before."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the trail, the newest first."""

    entries: tuple[Entry, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class Soundness:
    """Whether the trail is whole."""

    rows: int
    head: str
    """Digest of the whole trail: noted elsewhere, it also shows a trail that was made anew from its start."""
    wrong: int | None
    """Number of the first row that is not as it was written, or that others are missing before."""


@dataclass(frozen=True)
class Trail:
    """The audit trail of an installation. Processes may share the file."""

    file: Path
    days: int = DAYS
    """For how long rows are kept."""
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def note(self, deed: Deed) -> int:
        """Add a row, and return its number; rows that are too old go."""
        return self._add((*_plain(deed), None, None))

    def refused(self, number: int, status: int) -> None:
        """Add that an act was not done after all."""
        self._after(number, {}, status)

    def concerns(self, number: int, thing: str) -> None:
        """Add to what an act is done, by id: the user or key that it makes, or that a form names."""
        self._after(number, {"thing": thing[:300]})

    def saw_contacts(self, deed: Deed, actor: str) -> int:
        """Note that contact data of persons at an actor was shown; the act of ``deed`` is how."""
        return self.note(Deed(deed.caller, f"saw contacts: {deed.act}", actor, deed.origin, deed.request))

    def find(self, question: Question) -> Found:
        """Return one page of what was done, the newest first."""
        if not self.file.exists():
            return Found((), None)
        conditions: list[tuple[str, Any]] = []
        if question.since:
            conditions.append(("did.at >= ?", text_of(question.since)))
        if question.until:
            conditions.append(("did.at < ?", text_of(question.until)))
        if question.caller is not None:
            conditions.append(("did.caller = ?", question.caller))
        if question.before is not None:
            conditions.append(("did.number < ?", question.before))
        where = " AND ".join(["did.refuses IS NULL", *(text for text, _ in conditions)])
        with opened(self.file) as database:
            rows = database.execute(
                f"SELECT did.*, {_LATER} FROM audit did WHERE {where}"  # noqa: S608  # conditions of ours
                " ORDER BY did.number DESC LIMIT ?",
                (*(value for _, value in conditions), question.limit + 1),
            ).fetchall()
        entries = tuple(map(_entry, rows[: question.limit]))
        return Found(entries, entries[-1].number if len(rows) > question.limit else None)

    def purge(self) -> int:
        """Take away the rows that are too old, and return how many went."""
        if not self.file.exists():
            return 0
        with opened(self.file, alone=True) as database:
            return self._purge(database)

    def check(self) -> Soundness:
        """Read the whole trail and say whether each row is as it was written."""
        if not self.file.exists():
            return Soundness(0, "", None)
        with opened(self.file, alone=True) as database:
            chain, number, rows = _start(database), None, 0
            for row in database.execute("SELECT * FROM audit ORDER BY number"):
                wrong = number is not None and row["number"] != number + 1
                chain, number = _link(chain, row["number"], [row[name] for name in _COLUMNS]), row["number"]
                if wrong or chain != row["chain"]:
                    return Soundness(rows, row["chain"], number)
                rows += 1
            last = database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").fetchone()
        if last is not None and number is not None and last["seq"] != number:
            return Soundness(rows, chain, number + 1)
        return Soundness(rows, chain, None)

    def _after(self, number: int, known: Mapping[str, str], status: int | None = None) -> None:
        """Add a row about an earlier one: what became ``known`` of it, or the status with which it was refused."""
        with opened(self.file) as database:
            row = database.execute("SELECT * FROM audit WHERE number = ?", (number,)).fetchone()
        if row is not None:
            self._add((*({**dict(row), **known}[name] for name in _COLUMNS[1:6]), number, status))

    def _add(self, told: tuple[Any, ...]) -> int:
        with opened(self.file, alone=True) as database:
            self._purge(database)
            last = database.execute("SELECT chain FROM audit ORDER BY number DESC LIMIT 1").fetchone()
            known = database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").fetchone()
            number = (known["seq"] if known else 0) + 1
            values = (text_of(self.now()), *told)
            chain = _link(last["chain"] if last else _start(database), number, list(values))
            database.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *values, chain))
        return number

    def _purge(self, database: sqlite3.Connection) -> int:
        until = text_of(self.now() - timedelta(days=self.days))
        oldest = database.execute("SELECT at FROM audit ORDER BY number LIMIT 1").fetchone()
        if oldest is None or oldest["at"] >= until:
            return 0
        last = database.execute(
            "SELECT number, chain FROM audit WHERE at < ? ORDER BY number DESC LIMIT 1", (until,)
        ).fetchone()
        database.execute("INSERT OR REPLACE INTO audit_start VALUES (1, ?)", (last["chain"],))
        return database.execute("DELETE FROM audit WHERE number <= ?", (last["number"],)).rowcount


def network_of(address: str | None) -> str:
    """Return the network of an address, which tells an office from the world and not one person from another.

    >>> network_of("192.0.2.77"), network_of("2001:db8:1:2::3"), network_of(None)
    ('192.0.2.0/24', '2001:db8:1::/48', '')
    """
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    return str(ipaddress.ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


def _plain(deed: Deed) -> tuple[str, ...]:
    return tuple(text[:300] for text in (deed.caller, deed.act, deed.thing, deed.origin, deed.request))


def _start(database: sqlite3.Connection) -> str:
    row = database.execute("SELECT chain FROM audit_start").fetchone()
    return row["chain"] if row else ""


def _link(chain: str, number: int, values: list[Any]) -> str:
    return hashlib.sha256(json.dumps([chain, number, *values], ensure_ascii=False).encode()).hexdigest()


def _entry(row: sqlite3.Row) -> Entry:
    caller, act, thing, origin, request = (row[name] for name in _COLUMNS[1:6])
    deed = Deed(caller, act, row["known"] or thing, origin, request)
    return Entry(row["number"], datetime.fromisoformat(row["at"]), deed, row["outcome"])
