"""Settings: one's own sign-in for everybody; users, keys, audit trail and backup for who administers the service."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Final, TypeVar

from flask import Blueprint, Response, g, redirect, url_for
from pydantic import Field, StringConstraints
from werkzeug.wrappers import Response as AnyResponse

from graphsvc import wording
from graphsvc.access.audit import Question
from graphsvc.access.installation import Access
from graphsvc.access.keys import DAYS, MOST_DAYS, Wish
from graphsvc.access.rights import Right
from graphsvc.access.users import FIRST_DAYS, Duty, Role
from graphsvc.api.asking import IN_DIGITS, Day, Parameters, Words
from graphsvc.api.contract import Contract
from graphsvc.api.judgements import Person
from graphsvc.api.users import KeyById, UserById
from graphsvc.asof import bounds
from graphsvc.errors import InvalidValue
from graphsvc.model import Id
from graphsvc.pages import choices
from graphsvc.pages.addresses import address
from graphsvc.pages.html import language_of, parameters, sent, show

M = TypeVar("M", bound=UserById | KeyById)
_LATEST: Final = 5
_ROWS: Final = 50


class UserSent(Parameters):
    """What the form of a new user sends."""

    name: Person
    role: Role
    theme: Id | None = None
    place: Id | None = None


class RoleSent(UserById):
    """What the form of a user's role sends."""

    role: Role


class KeySent(Parameters):
    """What the form of a new key sends."""

    name: Person
    right: Right = Right.READ
    days: Annotated[int, Field(ge=1, le=MOST_DAYS), IN_DIGITS] = DAYS
    theme: Id | None = None
    place: Id | None = None


class AuditAsked(Parameters):
    """Which rows of the trail."""

    since: Day | None = None
    until: Day | None = None
    caller: Words | None = None
    cursor: Annotated[int | None, Field(ge=1, le=2**53), IN_DIGITS] = None


class Shown(Parameters):
    """A secret that is shown this once, on the answer to the form that made it."""

    kind: Annotated[str, StringConstraints(pattern="^(user|key)$")]
    name: str
    text: str


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/settings`` and what its forms do."""
    door = contract.door

    @pages.get("/settings")
    def settings_page() -> Response:
        door.admit(Right.NOTHING)
        if g.get("user") is None:
            door.admit(Right.READ)
        return _page(contract)

    @pages.post("/settings/users")
    def make_user() -> Response:
        access, said = _admitted(contract), sent(UserSent, contract.service.place_meant)
        user, password = access.users.make(said.name, Duty(said.role, said.theme, said.place))
        door.concerns(user.id)
        return _page(contract, Shown(kind="user", name=user.name, text=password))

    @pages.post("/settings/users/role")
    def change_role() -> AnyResponse:
        access, said = _admitted(contract), _meant(contract, RoleSent)
        _not_oneself(said.id)
        known = access.users.get(said.id).duty
        limited = said.role is Role.VIEWER
        duty = Duty(said.role, known.theme if limited else None, known.place if limited else None)
        access.users.assign(said.id, duty)
        return _back("users")

    @pages.post("/settings/users/reset")
    def reset_user() -> Response:
        user, password = _admitted(contract).reset(_meant(contract, UserById).id)
        return _page(contract, Shown(kind="user", name=user.name, text=password))

    @pages.post("/settings/users/disable")
    def disable_user() -> AnyResponse:
        access, said = _admitted(contract), _meant(contract, UserById)
        _not_oneself(said.id)
        access.users.disable(said.id)
        return _back("users")

    @pages.post("/settings/keys")
    def make_key() -> Response:
        access, said = _admitted(contract), sent(KeySent, contract.service.place_meant)
        key, text = access.keys.make(Wish(said.name, said.right, said.theme, said.place, said.days))
        door.concerns(key.id)
        return _page(contract, Shown(kind="key", name=key.name, text=text))

    @pages.post("/settings/keys/revoke")
    def revoke_key() -> AnyResponse:
        _admitted(contract).keys.revoke(_meant(contract, KeyById).id)
        return _back("keys")

    @pages.get("/settings/audit")
    def audit_page() -> Response:
        access, wanted = _admitted(contract), parameters(AuditAsked)
        found = access.trail.find(Question(*bounds(wanted.since, wanted.until), wanted.caller, _ROWS, wanted.cursor))
        names = access.names()
        values = {
            "wanted": wanted,
            "asks": door.asks,
            "found": found,
            "names": names,
            "callers": sorted(names.items(), key=lambda each: each[1].casefold()),
            "following": address("pages.audit_page", cursor=str(found.next)) if found.next else "",
            "first": address("pages.audit_page", ("cursor",)) if wanted.cursor else "",
        }
        return _private(show(contract, "audit.html", ("access", "audit"), values))


def _admitted(contract: Contract) -> Access:
    """Return what the administrator who asks may change."""
    contract.door.admit(Right.ADMIN)
    if contract.door.access is None:
        raise InvalidValue("This service has no data folder, so it keeps neither users nor keys.")
    return contract.door.access


def _meant(contract: Contract, model: type[M]) -> M:
    """Return what a form says about a user or a key, noted before it is done."""
    said = sent(model)
    contract.door.concerns(said.id)
    return said


def _page(contract: Contract, shown: Shown | None = None) -> Response:
    caller, access = contract.door.admit(Right.NOTHING), contract.door.access
    language = language_of(contract.language)
    values: dict[str, Any] = {"user": g.get("user"), "asks": contract.door.asks, "secret": shown, "admin": False}
    if access is not None and caller.right.holds(Right.ADMIN):
        now = datetime.now(UTC)
        values |= {
            "admin": True,
            "users": access.users.all(),
            "keys": access.keys.all(),
            "holds": lambda key: key.holds(now),
            "latest": access.trail.find(Question(limit=_LATEST)).entries,
            "names": access.names(),
            "roles": [(role.value, wording.say("access", f"role.{role}", language)) for role in Role],
            "rights": [(right.value, wording.say("access", f"right.{right}", language)) for right in list(Right)[1:]],
            "options": (options := choices.of_view(contract.service.outlook, language)),
            "place_of": choices.place_namer(contract.service.outlook, language),
            "theme_of": lambda id_: str(dict(options["themes"]).get(id_, id_ or "")).strip(),
            "days": DAYS,
            "first_days": FIRST_DAYS,
        }
    return _private(show(contract, "settings.html", ("access", "settings"), values))


def _private(page: Response) -> Response:
    page.headers["Cache-Control"] = "no-store"
    return page


def _back(part: str) -> AnyResponse:
    return redirect(url_for("pages.settings_page", _anchor=part), 303)


def _not_oneself(id_: str) -> None:
    user = g.get("user")
    if user is not None and user.id == id_:
        raise InvalidValue(
            "Nobody disables themselves or takes a role from themselves.",
            remedy="Let another administrator do it.",
            field="id",
        )
