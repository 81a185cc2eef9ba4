"""How often a password may be tried: for each name and for each address, with waits that double.

A try is counted before it is checked, so that many at once gain nothing. Names that nobody has are counted as well,
so that waiting tells nothing of who exists. What is kept is a digest of name or address, for a day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from graphsvc.access.database import opened, text_of
from graphsvc.access.passwords import MustWait
from graphsvc.access.users import folded

FREE: Final = {"name": 5, "address": 20}
"""Failures without a wait; an office has many people behind one address."""
LONGEST_WAIT: Final = 900
"""Seconds."""
MOST: Final = 100
"""Failures after which only a quiet day or an administrator helps (NIST SP 800-63B, 5.2.2: no more than 100)."""
QUIET: Final = timedelta(days=1)
"""After this long without a try, failures are forgotten."""


@dataclass(frozen=True)
class Attempts:
    """The tries at an installation. Processes may share the file."""

    file: Path
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def begin(self, name: str, address: str) -> None:
        """Count a try as failed until :meth:`passed` says otherwise. :class:`MustWait` where it comes too soon."""
        now = self.now()
        with opened(self.file, alone=True) as database:
            database.execute("DELETE FROM attempt WHERE last <= ?", (text_of(now - QUIET),))
            wait = 0.0
            accounts = {kind: _account(kind, text) for kind, text in (("name", folded(name)), ("address", address))}
            for kind, account in accounts.items():
                row = database.execute("SELECT failures, last FROM attempt WHERE account = ?", (account,)).fetchone()
                if row is not None:
                    until = datetime.fromisoformat(row["last"]) + _wait(row["failures"], FREE[kind])
                    wait = max(wait, (until - now).total_seconds())
            if wait > 0:
                raise MustWait(int(wait) + 1)
            for account in accounts.values():
                database.execute(
                    "INSERT INTO attempt VALUES (?, 1, ?) ON CONFLICT (account)"
                    " DO UPDATE SET failures = failures + 1, last = excluded.last",
                    (account, text_of(now)),
                )

    def purge(self) -> int:
        """Forget names and addresses from which nobody tried for a day, and return how many."""
        if not self.file.exists():
            return 0
        with opened(self.file) as database:
            over = (text_of(self.now() - QUIET),)
            return database.execute("DELETE FROM attempt WHERE last <= ?", over).rowcount

    def passed(self, name: str, address: str) -> None:
        """Forget the failures of a name that got in, and take this try back from the address.

        Not the others of the address: who has a password of their own could wipe them out by signing in.
        """
        with opened(self.file) as database:
            database.execute("DELETE FROM attempt WHERE account = ?", (_account("name", folded(name)),))
            database.execute(
                "UPDATE attempt SET failures = failures - 1 WHERE account = ?", (_account("address", address),)
            )

    def forgive(self, name: str) -> None:
        """Forget the failures of a name: an administrator has set its password anew."""
        with opened(self.file) as database:
            database.execute("DELETE FROM attempt WHERE account = ?", (_account("name", folded(name)),))


def _wait(failures: int, free: int) -> timedelta:
    if failures >= MOST and free == FREE["name"]:
        return QUIET
    return timedelta(seconds=min(LONGEST_WAIT, 2 ** min(failures - free, 20)) if failures >= free else 0)


def _account(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest()
