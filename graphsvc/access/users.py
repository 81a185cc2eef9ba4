"""Users of the pages: a name, a role, and a password of which only a slow digest is kept.

A user is named by a random id in logs and in the audit trail; the name stands in one row, and can be forgotten there.
"""

from __future__ import annotations

import secrets
import sqlite3
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from graphsvc.access import passwords
from graphsvc.access.database import FILE, moment_of, opened, text_of
from graphsvc.access.keys import LONGEST_NAME
from graphsvc.access.rights import Caller, Right
from graphsvc.errors import InvalidValue, NotFound

FIRST_DAYS: Final = 7
"""Days that the first password opens the door to choosing one's own."""
_REMEDY: Final = "See which there are: graphsvc users"


class NameTaken(InvalidValue):
    """Another user has this name."""


class Role(StrEnum):
    """What a user may do."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"

    @property
    def right(self) -> Right:
        """The right that goes with the role."""
        return {Role.VIEWER: Right.READ, Role.EDITOR: Right.WRITE, Role.ADMINISTRATOR: Right.ADMIN}[self]


@dataclass(frozen=True, slots=True)
class Duty:
    """A role, and the part of the network that it is about."""

    role: Role = Role.VIEWER
    theme: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A user without the password. Times are in UTC."""

    id: str
    name: str
    duty: Duty
    made: datetime
    first_ends: datetime | None
    """Until when the first password opens; None once the user has chosen one."""
    signed_in: datetime | None
    """When the user signed in last."""
    disabled: datetime | None

    @property
    def caller(self) -> Caller:
        """The user as who asks; may do nothing until an own password is chosen."""
        right = Right.NOTHING if self.first_ends else self.duty.role.right
        return Caller(self.id, right, self.duty.theme, self.duty.place)


@dataclass(frozen=True)
class Users:
    """All users of an installation. Processes may share the file."""

    file: Path
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    @classmethod
    def of(cls, home: Path) -> Self:
        """Return the users of the installation with this data folder."""
        return cls(home / FILE)

    def make(self, name: str, duty: Duty) -> tuple[User, str]:
        """Return a new user and the first password, which is nowhere kept. :class:`InvalidValue` for what can't be."""
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise InvalidValue(f"A user needs a name of 1 to {LONGEST_NAME} letters.", field="name")
        _check(duty)
        first, id_, now = passwords.first(), f"user-{secrets.token_hex(6)}", self.now()
        row = (id_, name, folded(name), duty.role.value, duty.theme, duty.place, passwords.digest(first))
        try:
            with opened(self.file) as database:
                database.execute(
                    "INSERT INTO user VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
                    (*row, text_of(now + timedelta(days=FIRST_DAYS)), text_of(now)),
                )
        except sqlite3.IntegrityError:
            raise NameTaken(
                f"There is a user {name!r} already.", remedy="Take another name, or reset that one.", field="name"
            ) from None
        return self.get(id_), first

    def all(self) -> tuple[User, ...]:
        """Return every user, by name."""
        if not self.file.exists():
            return ()
        with opened(self.file) as database:
            rows = database.execute("SELECT * FROM user ORDER BY folded").fetchall()
        return tuple(map(user_of, rows))

    def get(self, id_: str) -> User:
        """Return a user by id. :class:`NotFound` when there is none."""
        found = self._row("id", id_)
        if found is None:
            raise NotFound("user", id_, remedy=_REMEDY)
        return user_of(found)

    def meant(self, text: str) -> User:
        """Return a user by id or name. :class:`NotFound` when there is none."""
        found = self._row("id", text) or self._row("folded", folded(text))
        if found is None:
            raise NotFound("user", text, remedy=_REMEDY)
        return user_of(found)

    def assign(self, id_: str, duty: Duty) -> User:
        """Give a user another duty, from the next request on. :class:`NotFound`, :class:`InvalidValue`."""
        self.get(id_)
        _check(duty)
        with opened(self.file) as database:
            database.execute(
                "UPDATE user SET role = ?, theme = ?, place = ? WHERE id = ?",
                (duty.role.value, duty.theme, duty.place, id_),
            )
        return self.get(id_)

    def disable(self, id_: str) -> User:
        """Let a user in no more, and end every session at once. :class:`NotFound` when there is none."""
        self.get(id_)
        with opened(self.file) as database:
            database.execute(
                "UPDATE user SET disabled = ? WHERE id = ? AND disabled IS NULL", (text_of(self.now()), id_)
            )
            database.execute("DELETE FROM session WHERE user = ?", (id_,))
        return self.get(id_)

    def reset(self, id_: str) -> tuple[User, str]:
        """Return a user who is let in again, with a new first password; every session ends. :class:`NotFound`."""
        user, first = self.get(id_), passwords.first()
        ends = text_of(self.now() + timedelta(days=FIRST_DAYS))
        with opened(self.file) as database:
            database.execute(
                "UPDATE user SET digest = ?, first_ends = ?, disabled = NULL WHERE id = ?",
                (passwords.digest(first), ends, user.id),
            )
            database.execute("DELETE FROM session WHERE user = ?", (user.id,))
        return self.get(id_), first

    def choose(self, id_: str, password: str) -> User:
        """Set the password that a user chose; every session ends. :class:`InvalidValue` for one that is too short."""
        self.get(id_)
        kept = passwords.digest(password)
        with opened(self.file) as database:
            database.execute("UPDATE user SET digest = ?, first_ends = NULL WHERE id = ?", (kept, id_))
            database.execute("DELETE FROM session WHERE user = ?", (id_,))
        return self.get(id_)

    def forget(self, id_: str) -> User:
        """Disable a user and forget the name; what the id did stays in the audit trail. :class:`NotFound`."""
        self.disable(id_)
        with opened(self.file) as database:
            database.execute("UPDATE user SET name = id, folded = id, digest = '' WHERE id = ?", (id_,))
        return self.get(id_)

    def known_by(self, name: str, password: str) -> User | None:
        """Return the user with a name and password, who may be let in now; None for anyone else, just as slowly."""
        row = self._row("folded", folded(name))
        if not passwords.fits(password, row["digest"] or None if row else None) or row is None:
            return None
        user = user_of(row)
        over = user.first_ends is not None and user.first_ends <= self.now()
        return None if user.disabled or over else user

    def _row(self, column: str, value: str) -> sqlite3.Row | None:
        if not self.file.exists():
            return None
        with opened(self.file) as database:
            found: sqlite3.Row | None = database.execute(
                f"SELECT * FROM user WHERE {column} = ?",  # noqa: S608  # a name of ours
                (value,),
            ).fetchone()
        return found


def folded(name: str) -> str:
    """Return a name as it is compared: capitals, spaces and ways of composing letters don't matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def user_of(row: sqlite3.Row) -> User:
    """Return the user of a row of the table."""
    duty = Duty(Role(row["role"]), row["theme"], row["place"])
    times = (moment_of(row["first_ends"]), moment_of(row["signed_in"]), moment_of(row["disabled"]))
    return User(row["id"], row["name"], duty, datetime.fromisoformat(row["made"]), *times)


def _check(duty: Duty) -> None:
    if (duty.theme or duty.place) and duty.role is not Role.VIEWER:
        raise InvalidValue(
            "Only a viewer can be limited to a theme or a place.",
            remedy="Leave out the limit, or take the role viewer.",
            field="role",
        )
