"""Who is let in to which page: every route against every kind of caller, and the headers of every answer.

The walk goes over the application's map of addresses, so a route of which nobody has thought whom it lets in fails.
What the API's routes let in is walked by ``tests/api/test_access.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from werkzeug.routing import Rule

from graphsvc.access.installation import Access
from graphsvc.access.keys import Wish
from graphsvc.access.rights import Right
from graphsvc.access.users import Duty, Role
from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings

OPEN: Final = {
    *("/static/<path:filename>", "/favicon.ico", "/sign-in", "/sign-out", "/password", "/settings", "/accessibility"),
    *("/api/v1/docs", "/api/v1/openapi.json", "/problems/<name>"),
}
"""What asks nobody who they are: it holds nothing of the network, or finds out by itself whom it has before it."""
READERS: Final = {"POST /jobs/<id>/again"}
"""What is no GET and yet is for who reads: the work of a page that they may see is begun anew."""
WRITERS: Final = {
    *("/import", "/import/<id>", "/import/jobs/<id>", "/import/<id>/found/<digest>", "/import/done/<id>"),
    *("/review", "/missing/decisions"),
}
"""What is a GET and yet is for who writes: it shows what is not decided yet, or who decided."""
ADMINISTRATORS: Final = "/settings/"
"""Where the addresses of what only administrators do begin."""
HELD: Final = {
    "nobody": Right.NOTHING,
    "nobody, where the public may read": Right.READ,
    "viewer": Right.READ,
    "limited viewer": Right.READ,
    "editor": Right.WRITE,
    "administrator": Right.ADMIN,
    "with a first password": Right.NOTHING,
    "signed out": Right.NOTHING,
    "disabled": Right.NOTHING,
    "reading key": Right.READ,
    "writing key": Right.WRITE,
}


def needs(method: str, rule: str) -> Right:
    """The right that a route asks for."""
    if rule in OPEN:
        return Right.NOTHING
    if rule.startswith(ADMINISTRATORS):
        return Right.ADMIN
    reads = method == "GET" and rule not in WRITERS
    return Right.READ if reads or f"{method} {rule}" in READERS else Right.WRITE


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def _app(service: Service, home: Path, public: str) -> Flask:
    return create_app(Settings(store=":memory:", home=home, public=public, work_per_minute=0), service)


@pytest.fixture(scope="module")
def closed(service: Service, home: Path) -> Flask:
    return _app(service, home, "nothing")


@pytest.fixture(scope="module")
def read_by_all(service: Service, home: Path) -> Flask:
    return _app(service, home, "read")


@pytest.fixture(scope="module")
def shown(home: Path) -> Callable[[str], dict[str, str]]:
    """Return what a kind of caller shows: a session of its own at each time, as one route ends it."""

    access = Access.of(home)
    duties = {
        "viewer": Duty(Role.VIEWER),
        "limited viewer": Duty(Role.VIEWER, place="FI197"),
        "editor": Duty(Role.EDITOR),
        "administrator": Duty(Role.ADMINISTRATOR),
        "with a first password": Duty(Role.ADMINISTRATOR),
        "signed out": Duty(Role.ADMINISTRATOR),
        "disabled": Duty(Role.ADMINISTRATOR),
    }
    users = {name: access.users.make(name, duty)[0].id for name, duty in duties.items()}
    for name in duties:
        if name != "with a first password":
            access.users.choose(users[name], "correct horse battery")
    keys = {"reading key": access.keys.make(Wish("reads"))[1]}
    keys["writing key"] = access.keys.make(Wish("writes", Right.WRITE))[1]
    disabled = access.sessions.start(users["disabled"])
    access.users.disable(users["disabled"])

    def show(name: str) -> dict[str, str]:
        if name in keys:
            return {"Authorization": f"Bearer {keys[name]}"}
        if name not in users:
            return {}
        session = disabled if name == "disabled" else access.sessions.start(users[name])
        if name == "signed out":
            access.sessions.end(session)
        return {"Cookie": f"session={session}", "Sec-Fetch-Site": "same-origin"}

    return show


def routes(app: Flask) -> Iterator[tuple[str, Rule]]:
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("api."):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, rule


def address(app: Flask, method: str, rule: Rule) -> str:
    """An address of the route, of something that is not there."""
    return app.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, "x"), method=method)


@pytest.mark.parametrize("name", HELD)
def test_every_page_lets_in_whoever_may_and_nobody_else(
    name: str, closed: Flask, read_by_all: Flask, shown: Callable[[str], dict[str, str]], service: Service
) -> None:
    app = read_by_all if "public" in name else closed
    client, before, walked = app.test_client(use_cookies=False), service.revision(), 0
    for method, rule in routes(app):
        wanted = needs(method, rule.rule)
        asked = {"Accept": "text/html", **shown(name)}
        answer = client.open(address(app, method, rule), method=method, headers=asked)
        answer.close()
        led = answer.status_code == 303 and answer.location.startswith("/sign-in?")
        refused = answer.status_code in (401, 403) or led
        where = f"{name} at {method} {rule.rule}: {answer.status_code}"
        assert answer.status_code < 500, where
        if wanted is Right.NOTHING:
            assert answer.status_code != 403, where
        elif not HELD[name].holds(wanted):
            assert refused, where
        elif name != "limited viewer":  # of whom it depends on what a page is about
            assert not refused, where
        walked += 1
    assert walked > 50
    assert service.revision() == before


def test_what_is_listed_is_there(closed: Flask) -> None:
    """A right that is written down for an address that is gone would let in whoever comes there next."""
    known = {rule.rule for _, rule in routes(closed)}
    assert OPEN | WRITERS | {each.partition(" ")[2] for each in READERS} <= known


def test_every_answer_has_the_headers(read_by_all: Flask) -> None:
    """Of pages, of the API, of files, of what is not there: all that the map of addresses knows."""
    client, walked = read_by_all.test_client(use_cookies=False), 0
    for rule in read_by_all.url_map.iter_rules():
        for method in sorted(rule.methods or set()):
            answer = client.open(address(read_by_all, method, rule), method=method, headers={"Accept": "text/html"})
            answer.close()
            where, headers = f"{method} {rule.rule}: {answer.status_code}", answer.headers
            assert "frame-ancestors" in headers["Content-Security-Policy"], where
            assert "unsafe" not in headers["Content-Security-Policy"], where
            assert headers["X-Content-Type-Options"] == "nosniff", where
            assert headers["Referrer-Policy"] == "same-origin", where
            assert "camera=()" in headers["Permissions-Policy"], where
            assert headers["X-Request-Id"], where
            walked += 1
    assert walked > 200
