"""Signing in and out, and choosing a password."""

from __future__ import annotations

from typing import Annotated, Any

from flask import Blueprint, Response, g, redirect, request, url_for
from pydantic import StringConstraints
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.access.audit import Deed, network_of
from graphsvc.access.installation import Access
from graphsvc.access.passwords import LONGEST, SHORTEST, MustWait
from graphsvc.access.rights import Right
from graphsvc.access.users import User
from graphsvc.api import cookies
from graphsvc.api.asking import Parameters
from graphsvc.api.contract import Contract
from graphsvc.errors import InvalidValue
from graphsvc.pages.addresses import local
from graphsvc.pages.html import sent, show, to_sign_in

_Secret = Annotated[str, StringConstraints(max_length=4 * LONGEST)]


class SignInSent(Parameters):
    """What the form of ``/sign-in`` sends."""

    name: Annotated[str, StringConstraints(max_length=200)] = ""
    password: _Secret = ""
    next: str = ""


class PasswordSent(Parameters):
    """What the form of ``/password`` sends."""

    current: _Secret = ""
    password: _Secret = ""
    again: _Secret = ""
    next: str = ""


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/sign-in``, ``/sign-out`` and ``/password``."""
    door = contract.door
    access = door.access if door.asks else None

    @pages.get("/sign-in")
    def sign_in_page() -> Response:
        door.admit(Right.NOTHING)
        return _form(contract, "sign_in", next=local(request.args.get("next", "")))

    @pages.post("/sign-in")
    def sign_in() -> AnyResponse:
        door.admit(Right.NOTHING)
        said = sent(SignInSent)
        wanted = local(said.next)
        if access is None:
            return redirect(wanted, 303)
        try:
            came = access.sign_in(said.name, said.password, request.remote_addr or "", g.request_id)
        except MustWait as wait:
            return _wait(_form(contract, "sign_in", 429, wait=wait.seconds, next=wanted, name=said.name), wait)
        if came is None:
            return _form(contract, "sign_in", 401, wrong=True, next=wanted, name=said.name)
        user, session = came
        access.sessions.end(cookies.session(request))
        to = url_for("pages.password_page", next=wanted) if user.first_ends else wanted
        return _in(redirect(to, 303), session)

    @pages.post("/sign-out")
    def sign_out() -> AnyResponse:
        door.admit(Right.NOTHING)
        if access is not None:
            access.sessions.end(cookies.session(request))
        gone = redirect(url_for("pages.sign_in_page"), 303)
        cookies.drop_session(gone)
        return gone

    @pages.get("/password")
    def password_page() -> AnyResponse:
        door.admit(Right.NOTHING)
        if g.get("user") is None:
            return redirect(to_sign_in("/password"), 303)
        return _form(contract, "password", user=g.user, next=local(request.args.get("next", "")))

    @pages.post("/password")
    def choose_password() -> AnyResponse:
        door.admit(Right.NOTHING)
        said, user = sent(PasswordSent), g.get("user")
        if access is None or user is None:
            return redirect(url_for("pages.sign_in_page"), 303)
        values: dict[str, Any] = {"user": user, "next": local(said.next)}
        try:
            wrong = _wrong(access, user, said)
        except MustWait as wait:
            return _wait(_form(contract, "password", 429, wait=wait.seconds, **values), wait)
        if wrong:
            return _form(contract, "password", 422, wrong=wrong, **values)
        access.trail.note(
            Deed(user.id, "choose password", user.id, network_of(request.remote_addr), g.get("request_id", ""))
        )
        return _in(redirect(local(said.next), 303), access.sessions.start(user.id))


def _wrong(access: Access, user: User, said: PasswordSent) -> str:
    """Set the password and return nothing, or what is wrong with it."""
    if said.password != said.again:
        return "differ"
    address = request.remote_addr or ""
    if user.first_ends is None:
        access.attempts.begin(user.name, address)
        if access.users.known_by(user.name, said.current) is None:
            return "current"
        access.attempts.passed(user.name, address)
    elif access.users.known_by(user.name, said.password) is not None:
        return "first"
    try:
        access.users.choose(user.id, said.password)
    except InvalidValue:
        return "length"
    return ""


def _form(contract: Contract, page_name: str, status: int = 200, **values: Any) -> Response:
    shown = {"asks": contract.door.asks, "shortest": SHORTEST, "longest": LONGEST, "wrong": "", "wait": 0, **values}
    page = show(contract, f"{page_name}.html", ("access", page_name), shown, status)
    page.headers["Cache-Control"] = "no-store"
    return page


def _wait(page: Response, wait: MustWait) -> Response:
    page.headers["Retry-After"] = str(wait.seconds)
    return page


def _in(response: AnyResponse, session: str) -> AnyResponse:
    cookies.keep_session(response, session)
    return response
