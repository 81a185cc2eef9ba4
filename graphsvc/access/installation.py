"""Everything that decides who may come in to an installation: keys, users, sessions, tries and the trail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from graphsvc.access import audit
from graphsvc.access.attempts import Attempts
from graphsvc.access.audit import Deed, Trail, network_of
from graphsvc.access.database import FILE
from graphsvc.access.keys import KeyRing
from graphsvc.access.sessions import Sessions
from graphsvc.access.users import User, Users


@dataclass(frozen=True)
class Access:
    """Who may come in to an installation, in one file of its data folder."""

    keys: KeyRing
    users: Users
    sessions: Sessions
    attempts: Attempts
    trail: Trail

    @classmethod
    def of(cls, home: Path, audit_days: int = audit.DAYS) -> Self:
        """Return what the installation with this data folder knows."""
        file = home / FILE
        return cls(KeyRing(file), Users(file), Sessions(file), Attempts(file), Trail(file, audit_days))

    def sign_in(self, name: str, password: str, address: str, request: str = "") -> tuple[User, str] | None:
        """Return the user and the text of a new session; None where name and password open nothing.

        :class:`graphsvc.access.passwords.MustWait` where there were too many tries.
        """
        self.attempts.begin(name, address)
        user = self.users.known_by(name, password)
        if user is None:
            return None
        self.attempts.passed(name, address)
        self.trail.note(Deed(user.id, "sign in", origin=network_of(address), request=request))
        return user, self.sessions.start(user.id)

    def reset(self, id_: str) -> tuple[User, str]:
        """Return a user who is let in again, with a new first password. :class:`graphsvc.errors.NotFound`."""
        user, first = self.users.reset(id_)
        self.attempts.forgive(user.name)
        return user, first

    def names(self) -> dict[str, str]:
        """Return id → name of users and keys, for who may read the trail."""
        return {user.id: user.name for user in self.users.all()} | {key.id: key.name for key in self.keys.all()}
