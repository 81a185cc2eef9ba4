"""Users and keys of the installation, for the tools of who administers it: what ``graphsvc users`` and ``keys`` do."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field, StringConstraints

from graphsvc.access.keys import DAYS, LONGEST_NAME, MOST_DAYS, Key, Wish
from graphsvc.access.rights import Right
from graphsvc.access.users import Duty, Role, User
from graphsvc.api.asking import Parameters
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.judgements import Person
from graphsvc.api.params import Nothing
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.errors import InvalidValue
from graphsvc.model import Id
from graphsvc.wishes import WHOLE

users = Endpoints("Users and keys")
_admin = partial(users.endpoint, revised=False, right=Right.ADMIN)

OnlyTheme = Annotated[Id | None, Field(description="Only this theme and those below it; who reads can be limited.")]
OnlyPlace = Annotated[Id | None, Field(description="Only this place and those in it; who reads can be limited.")]
_SHOWN_ONCE: Final = "Opens the door to choosing an own one, for a week. It is shown this once and kept nowhere."


class UserById(Parameters):
    """One user."""

    id: Annotated[str, StringConstraints(pattern=r"^user-[0-9a-f]{12}$"), Field(description="Id of the user.")]


class KeyById(Parameters):
    """One key."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$"), Field(description="Id of the key.")]


class DutyWanted(Answered):
    """What a user is to do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role = Field(description="viewer reads, editor changes the graph too, administrator the installation too.")
    theme: OnlyTheme = None
    place: OnlyPlace = None

    @property
    def duty(self) -> Duty:
        """The duty that it says."""
        return Duty(self.role, self.theme, self.place)


class NewUser(DutyWanted):
    """A user to be made."""

    name: Annotated[Person, StringConstraints(max_length=LONGEST_NAME)] = Field(
        description="How the user signs in and is shown; there once."
    )


class NewKey(Answered):
    """A key to be made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[Person, StringConstraints(max_length=LONGEST_NAME)] = Field(
        description="What it is for; no name of a person."
    )
    right: Literal[Right.READ, Right.WRITE, Right.ADMIN] = Field(
        default=Right.READ, description="What it may do: read, write or admin."
    )
    theme: OnlyTheme = None
    place: OnlyPlace = None
    days: Annotated[int, Field(ge=1, le=MOST_DAYS, strict=True, description="How long it holds."), WHOLE] = DAYS


class UserGiven(Answered):
    """A user, without the password."""

    id: str
    name: str
    role: Role
    theme: str | None
    place: str | None
    made: datetime
    chosen: bool = Field(description="Whether the user has chosen an own password.")
    signed_in: datetime | None = Field(description="When last.")
    disabled: datetime | None


class UserList(Answered):
    """All users."""

    items: tuple[UserGiven, ...]


class Invitation(Answered):
    """A user and the first password."""

    user: UserGiven
    password: str = Field(description=_SHOWN_ONCE)


class KeyGiven(Answered):
    """A key, without its secret."""

    id: str
    name: str
    right: Right
    theme: str | None
    place: str | None
    made: datetime
    ends: datetime
    used: datetime | None = Field(description="When last, give or take ten minutes.")
    revoked: datetime | None
    holds: bool = Field(description="Whether it opens anything now.")


class KeyList(Answered):
    """All keys."""

    items: tuple[KeyGiven, ...]


class KeyMade(Answered):
    """A key and its text."""

    key: KeyGiven
    text: str = Field(description="The key itself, for the header Authorization. It is shown this once.")


@_admin("/api/v1/users", Nothing, UserList)
def list_users(asked: Asked[Nothing]) -> Answer:
    """List the users.

    By name, those that are let in no more too. Needs a caller that may `admin`, as everything here.
    """
    return Answer(UserList(items=tuple(map(_user, asked.access.users.all()))))


@_admin("/api/v1/users", Nothing, Invitation, method="POST", body=NewUser, secret=True, errors=(409,))
def make_user(asked: Asked[Nothing]) -> Answer:
    """Make a user.

    The answer holds the first password, which opens the door to choosing an own one, and is shown this once.
    """
    wanted: NewUser = asked.body
    user, password = asked.access.users.make(wanted.name, wanted.duty)
    asked.door.concerns(user.id)
    return Answer(Invitation(user=_user(user), password=password))


@_admin("/api/v1/users/{id}/role", UserById, UserGiven, method="PUT", body=DutyWanted)
def assign_role(asked: Asked[UserById]) -> Answer:
    """Give a user another role.

    It holds from the next request on. Nobody takes a role from themselves.
    """
    _not_oneself(asked)
    return Answer(_user(asked.access.users.assign(asked.parameters.id, asked.body.duty)))


@_admin("/api/v1/users/{id}/reset", UserById, Invitation, method="POST", secret=True)
def reset_user(asked: Asked[UserById]) -> Answer:
    """Reset a user's password.

    The user is let in again, also one that was disabled or had tried too often, with a new first password; sessions
    end.
    """
    user, password = asked.access.reset(asked.parameters.id)
    return Answer(Invitation(user=_user(user), password=password))


@_admin("/api/v1/users/{id}", UserById, UserGiven, method="DELETE")
def disable_user(asked: Asked[UserById]) -> Answer:
    """Disable a user.

    Every session ends at once. The user stays in the list, so that the audit trail can say who it was.
    """
    _not_oneself(asked)
    return Answer(_user(asked.access.users.disable(asked.parameters.id)))


@_admin("/api/v1/keys", Nothing, KeyList)
def list_keys(asked: Asked[Nothing]) -> Answer:
    """List the keys.

    The newest first, those that open nothing any more too.
    """
    return Answer(KeyList(items=tuple(map(_key, asked.access.keys.all()))))


@_admin("/api/v1/keys", Nothing, KeyMade, method="POST", body=NewKey, secret=True)
def make_key(asked: Asked[Nothing]) -> Answer:
    """Make a key.

    The answer holds its text, which is shown this once.
    """
    wanted: NewKey = asked.body
    key, text = asked.access.keys.make(Wish(wanted.name, wanted.right, wanted.theme, wanted.place, wanted.days))
    asked.door.concerns(key.id)
    return Answer(KeyMade(key=_key(key), text=text))


@_admin("/api/v1/keys/{id}", KeyById, KeyGiven, method="DELETE")
def revoke_key(asked: Asked[KeyById]) -> Answer:
    """Take a key back.

    From now on it opens nothing. It stays in the list.
    """
    return Answer(_key(asked.access.keys.revoke(asked.parameters.id)))


def _not_oneself(asked: Asked[UserById]) -> None:
    if asked.caller.name == asked.parameters.id:
        raise InvalidValue(
            "Nobody disables themselves or takes a role from themselves.",
            remedy="Let another administrator do it.",
            field="id",
        )


def _user(user: User) -> UserGiven:
    return UserGiven(
        id=user.id,
        name=user.name,
        role=user.duty.role,
        theme=user.duty.theme,
        place=user.duty.place,
        made=user.made,
        chosen=user.first_ends is None,
        signed_in=user.signed_in,
        disabled=user.disabled,
    )


def _key(key: Key) -> KeyGiven:
    plain = {name: getattr(key, name) for name in KeyGiven.model_fields if name != "holds"}
    return KeyGiven(**plain, holds=key.holds(datetime.now(UTC)))
