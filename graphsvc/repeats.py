"""Requests that may come twice: under a key of its caller's, a write is done once and its answer kept for a day.

A client that lost an answer sends the same request with the same key again and gets that answer, whichever process it
reaches. A process that was killed at work leaves its claim to run out; what it had begun is then done anew, which every
write bears: twice is as once.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Self

from graphsvc.jobs.place import mark_of
from graphsvc.keeping import Kept
from graphsvc.settings import Settings

LIFE: Final = 24 * 3600
"""Seconds for which an answer is kept."""
CLAIM: Final = 60.0
"""Seconds after which whoever has not answered is taken for dead; no request may take half as long."""
_SWEEP: Final = 600.0
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answer (
  caller TEXT NOT NULL,
  key TEXT NOT NULL,
  asked TEXT NOT NULL,
  token TEXT NOT NULL,
  until REAL NOT NULL,
  status INTEGER,
  headers TEXT,
  body BLOB,
  PRIMARY KEY (caller, key)
) STRICT;
CREATE INDEX IF NOT EXISTS by_end ON answer (until);
"""


class Refusal(Enum):
    """Why a request is neither done nor answered again."""

    OTHER = "other"
    """The key was used for another request."""
    UNDER_WAY = "under way"
    """The same request is being answered just now."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was sent."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Turn:
    """That a request is to be done now: good until it is ended, or runs out."""

    caller: str
    key: str
    token: str


class Repeats:
    """The keys of one graph and what was answered under them. Processes of a machine share the file."""

    def __init__(
        self, kept: Kept | None = None, alone: Kept | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        """``kept`` has the answers, ``alone`` who writes; None: for as long as this is open."""
        self._kept = kept or Kept(None, "answers.sqlite", _SCHEMA)
        self._alone = alone or Kept(None, "writing.sqlite", "")
        self._clock = clock
        self._swept = 0.0

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the keys of the graph that the settings name; the file is made with the first."""
        if not (mark := mark_of(settings)):
            return cls()
        home = settings.home
        return cls(Kept(home, f"answers-{mark}.sqlite", _SCHEMA), Kept(home, f"writing-{mark}.sqlite", ""))

    def close(self) -> None:
        """Let go of the files."""
        self._kept.close()
        self._alone.close()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one at a time into the block, of all processes; the next waits for some seconds, then gets an error.

        :class:`graphsvc.errors.StoreUnavailable`: those before it took too long.
        """
        with self._alone.alone():
            yield

    def claim(self, caller: str, key: str, asked: str) -> Turn | Said | Refusal:
        """Return the turn to do a request, or the answer that it had, or why there is neither.

        ``asked`` is a digest of the request: the same for the same wish.
        """
        now, token = self._clock(), secrets.token_hex(8)
        with self._kept.changing() as database:
            if now - self._swept > _SWEEP:
                database.execute("DELETE FROM answer WHERE until <= ?", (now,))
                self._swept = now
            row = database.execute("SELECT * FROM answer WHERE caller = ? AND key = ?", (caller, key)).fetchone()
            if row is None or row["until"] <= now:
                database.execute(
                    "INSERT OR REPLACE INTO answer (caller, key, asked, token, until) VALUES (?, ?, ?, ?, ?)",
                    (caller, key, asked, token, now + CLAIM),
                )
                return Turn(caller, key, token)
        if row["asked"] != asked:
            return Refusal.OTHER
        if row["status"] is None:
            return Refusal.UNDER_WAY
        return Said(row["status"], json.loads(row["headers"]), row["body"])

    def sweep(self) -> int:
        """Forget the answers that have had their day, and return how many."""
        with self._kept.changing() as database:
            return database.execute("DELETE FROM answer WHERE until <= ?", (self._clock(),)).rowcount

    def keep(self, turn: Turn, said: Said) -> None:
        """Keep what was answered; nothing where the turn has run out and another has it."""
        with self._kept.changing() as database:
            database.execute(
                "UPDATE answer SET status = ?, headers = ?, body = ?, until = ?"
                " WHERE caller = ? AND key = ? AND token = ?",
                (said.status, json.dumps(dict(said.headers)), said.body, self._clock() + LIFE, *_held(turn)),
            )

    def forget(self, turn: Turn) -> None:
        """Give the turn back: nothing was changed, and the key may be used again."""
        with self._kept.changing() as database:
            database.execute("DELETE FROM answer WHERE caller = ? AND key = ? AND token = ?", _held(turn))


def _held(turn: Turn) -> tuple[str, str, str]:
    return turn.caller, turn.key, turn.token
