"""Sessions of signed-in users: rows here, so that signing out and disabling a user end them at once.

What the browser holds is 256 random bits; only their SHA-256 digest is kept, as of a key.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from graphsvc.access.database import opened, text_of
from graphsvc.access.users import User, user_of

LONGEST: Final = timedelta(hours=12)
"""How long a session lasts at most: a working day."""
IDLE: Final = timedelta(hours=2)
"""How long one lasts in which nothing is asked: a meeting."""
_NOTED: Final = timedelta(minutes=5)
"""How exactly the last request of a session is kept; more would mean a write for each."""
_FORM: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Sessions:
    """All sessions of an installation. Processes may share the file."""

    file: Path
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def start(self, user: str) -> str:
        """Return the text of a new session, which is nowhere kept; the sign-in is noted with the user."""
        text, now = secrets.token_urlsafe(32), self.now()
        with opened(self.file) as database:
            database.execute("DELETE FROM session WHERE ends <= ?", (text_of(now),))
            database.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?, ?)",
                (_digest(text), user, text_of(now), text_of(now + LONGEST), text_of(now)),
            )
            database.execute("UPDATE user SET signed_in = ? WHERE id = ?", (text_of(now), user))
        return text

    def shown(self, text: str) -> User | None:
        """Return the user whose session this is, if it holds now; None for any other text."""
        if not _FORM.fullmatch(text) or not self.file.exists():
            return None
        now = self.now()
        with opened(self.file) as database:
            row = database.execute(
                "SELECT user.*, session.seen FROM session JOIN user ON user.id = session.user"
                " WHERE session.digest = ? AND session.ends > ? AND session.seen > ? AND user.disabled IS NULL",
                (_digest(text), text_of(now), text_of(now - IDLE)),
            ).fetchone()
            if row is not None and now - datetime.fromisoformat(row["seen"]) > _NOTED:
                database.execute("UPDATE session SET seen = ? WHERE digest = ?", (text_of(now), _digest(text)))
        return user_of(row) if row is not None else None

    def of(self, user: str) -> tuple[tuple[datetime, datetime, datetime], ...]:
        """Return for each session of a user when it was begun, when it ends, and when something was last asked."""
        if not self.file.exists():
            return ()
        with opened(self.file) as database:
            rows = database.execute("SELECT made, ends, seen FROM session WHERE user = ? ORDER BY made", (user,))
            moments = [tuple(map(datetime.fromisoformat, row)) for row in rows]
        return tuple((made, ends, seen) for made, ends, seen in moments)

    def purge(self) -> int:
        """Forget the sessions that hold no more, and return how many."""
        if not self.file.exists():
            return 0
        now = self.now()
        with opened(self.file) as database:
            over = (text_of(now), text_of(now - IDLE))
            return database.execute("DELETE FROM session WHERE ends <= ? OR seen <= ?", over).rowcount

    def end(self, text: str) -> None:
        """End a session at once; any other text is let be."""
        if self.file.exists():
            with opened(self.file) as database:
                database.execute("DELETE FROM session WHERE digest = ?", (_digest(text),))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
