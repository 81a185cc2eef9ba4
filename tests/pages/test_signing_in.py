"""Signing in and out as a browser does it: cookies, no way to another site, and who may see the settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.access.installation import Access
from graphsvc.access.users import Duty, Role
from graphsvc.app import create_app
from graphsvc.pages.addresses import local
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.wording import say
from tests.pages.reading import LANGUAGES, Form, Read, read, send

NOT_IT = "wrong"
OWN = "correct horse battery"
HTML = {"Accept": "text/html"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=":memory:", home=tmp_path / "home", public="nothing", work_per_minute=0)


@pytest.fixture
def access(settings: Settings) -> Access:
    return Access.of(settings.home)


@pytest.fixture
def closed(settings: Settings, service: Service) -> Flask:
    return create_app(settings, service)


def settled(access: Access, name: str, role: Role) -> str:
    user, _ = access.users.make(name, Duty(role))
    access.users.choose(user.id, OWN)
    return user.id


def enter(client: FlaskClient, name: str, password: str = OWN, path: str = "/") -> str:
    form = read(client, f"/sign-in?next={path}&lang=en").form("/sign-in")
    answer = send(client, form, name=name, password=password)
    assert answer.status_code == 303, answer.text
    return answer.location


def exact(page: Read, action: str) -> Form:
    """Return the form with just this address."""
    return next(each for each in page.forms if each.action == action)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_not_signed_in_is_led_to_the_form_and_back(closed: Flask, access: Access, language: str) -> None:
    settled(access, "Maija", Role.VIEWER)
    client = closed.test_client()
    led = client.get(f"/coverage?lang={language}", headers=HTML)
    assert led.status_code == 303
    form = read(client, led.location).form("/sign-in")
    answer = send(client, form, name="Maija", password=OWN)
    assert answer.location == f"/coverage?lang={language}"
    assert "Maija" in read(client, answer.location).text
    assert client.get("/api/v1/themes").status_code == 200


def test_the_first_password_leads_to_choosing_an_own_one(closed: Flask, access: Access) -> None:
    _, first = access.users.make("Maija", Duty(Role.EDITOR))
    client = closed.test_client()
    where = enter(client, "Maija", first, "/coverage")
    assert where == "/password?next=/coverage"
    assert client.get("/api/v1/themes").status_code == 403
    form = read(client, where + "&lang=en").form("/password")
    for new, again, said in (
        ("too short", "too short", "12 to 200"),
        (OWN, OWN + "x", "differ"),
        (first, first, "first password"),
    ):
        refused = send(client, form, password=new, again=again)
        assert refused.status_code == 422
        assert said in refused.text
    done = send(client, form, password=OWN, again=OWN)
    assert done.location == "/coverage"
    assert client.get("/api/v1/themes").status_code == 200


def test_another_password_needs_the_one_before_and_ends_other_sessions(closed: Flask, access: Access) -> None:
    settled(access, "Maija", Role.EDITOR)
    here, there = closed.test_client(), closed.test_client()
    for each in (here, there):
        enter(each, "Maija")
    form = read(here, "/password?lang=en").form("/password")
    new = "staple battery horse"
    assert "another one" in send(here, form, current="wrong", password=new, again=new).text
    assert send(here, form, current=OWN, password=new, again=new).status_code == 303
    assert here.get("/api/v1/themes").status_code == 200
    assert there.get("/api/v1/themes").status_code == 401


def test_what_is_wrong_is_not_told_apart_and_must_wait_in_the_end(closed: Flask, access: Access) -> None:
    settled(access, "Maija", Role.VIEWER)
    client = closed.test_client()
    form = read(client, "/sign-in?lang=en").form("/sign-in")
    known, unknown = (send(client, form, name=name, password=NOT_IT) for name in ("Maija", "Pekka"))
    assert known.status_code == unknown.status_code == 401
    assert known.text.replace("Maija", "Pekka") == unknown.text
    for _ in range(12):  # the first waits are short
        answer = send(client, form, name="Maija", password=NOT_IT)
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert send(client, form, name="Maija", password=OWN).status_code == 429, "not even with the right one"


@pytest.mark.parametrize(
    ("address", "name", "flags"),
    [
        ("http://localhost", "session", {"HttpOnly", "SameSite=Lax", "Path=/"}),
        ("https://localhost", "__Host-session", {"HttpOnly", "SameSite=Lax", "Path=/", "Secure"}),
    ],
)
def test_the_cookie_is_for_this_host_and_no_script(
    closed: Flask, access: Access, address: str, name: str, flags: set[str]
) -> None:
    settled(access, "Maija", Role.VIEWER)
    said = {"name": "Maija", "password": OWN}
    answer = closed.test_client().post("/sign-in", data=said, base_url=address, headers={"Origin": address})
    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if "session" in each]
    text, *given = cookie.split("; ")
    assert text.startswith(name + "=")
    assert set(given) == flags, "neither Domain nor an end"


def test_a_session_that_was_there_before_is_not_taken_over(closed: Flask, access: Access) -> None:
    id_ = settled(access, "Maija", Role.VIEWER)
    planted = access.sessions.start(id_)
    client = closed.test_client()
    client.set_cookie("session", planted)
    client.post("/sign-in", data={"name": "Maija", "password": OWN}, headers={"Origin": "http://localhost"})
    now = client.get_cookie("session")
    assert now is not None and now.value != planted
    assert access.sessions.shown(planted) is None


def test_signing_out_ends_the_session_and_not_only_the_cookie(closed: Flask, access: Access) -> None:
    settled(access, "Maija", Role.VIEWER)
    client = closed.test_client()
    where = enter(client, "Maija")
    cookie = client.get_cookie("session")
    assert cookie is not None
    assert send(client, read(client, where).form("/sign-out")).status_code == 303
    assert client.get_cookie("session") is None
    assert access.sessions.shown(cookie.value) is None
    assert client.get("/sign-out", headers=HTML).status_code == 405, "a link can't do it"


@pytest.mark.parametrize(
    "next_",
    [
        "",
        "evil",
        "//evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/ /evil.example",
    ],
)
def test_signing_in_leads_to_no_other_site(closed: Flask, access: Access, next_: str) -> None:
    settled(access, "Maija", Role.VIEWER)
    said = {"name": "Maija", "password": OWN, "next": next_}
    answer = closed.test_client().post("/sign-in", data=said, headers={"Origin": "http://localhost"})
    assert answer.location == "/"


@given(st.text(alphabet="/\\:?#@.a \t\n", max_size=12))
def test_what_is_led_to_is_a_path_of_ours(text: str) -> None:
    found = local(text)
    assert found.startswith("/")
    assert found[1:2] not in ("/", "\\")
    assert not set("\\ \t\n") & set(found)


def test_a_foreign_page_cannot_sign_anyone_in_or_out(closed: Flask, access: Access) -> None:
    settled(access, "Maija", Role.VIEWER)
    client = closed.test_client()
    foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert client.post("/sign-in", data={"name": "Maija", "password": OWN}, headers=foreign).status_code == 403
    enter(client, "Maija")
    assert client.post("/sign-out", headers=foreign).status_code == 403
    assert client.get("/api/v1/themes").status_code == 200


PATHS: Mapping[str, Mapping[str, str]] = {
    "/settings/users": {"name": "Mallory", "role": "administrator"},
    "/settings/users/role": {"id": "user-000000000000", "role": "administrator"},
    "/settings/users/reset": {"id": "user-000000000000"},
    "/settings/users/disable": {"id": "user-000000000000"},
    "/settings/keys": {"name": "mine", "right": "admin", "days": "9"},
    "/settings/keys/revoke": {"id": "000000000000"},
}


def test_only_administrators_change_settings(closed: Flask, access: Access) -> None:
    own = {"Origin": "http://localhost", **HTML}
    for role in Role:
        settled(access, role.value, role)
        client = closed.test_client()
        enter(client, role.value)
        assert client.get("/settings", headers=HTML).status_code == 200
        allowed = role is Role.ADMINISTRATOR
        assert (client.get("/settings/audit", headers=HTML).status_code == 200) is allowed
        for path, said in PATHS.items():
            assert (client.post(path, data=said, headers=own).status_code == 403) is not allowed, (role, path)
    nobody = closed.test_client()
    for path, said in PATHS.items():
        assert nobody.post(path, data=said, headers=own).status_code == 401


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_administrator_makes_users_and_keys_and_sees_who_did_what(
    closed: Flask, access: Access, language: str
) -> None:
    settled(access, "Aino", Role.ADMINISTRATOR)
    client = closed.test_client()
    enter(client, "Aino")
    page = read(client, f"/settings?lang={language}")
    made = send(client, exact(page, "/settings/users"), name="Maija Mäkinen", role="viewer", place="FI197")
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "no-store"
    (user,) = [each for each in access.users.all() if each.name == "Maija Mäkinen"]
    assert user.duty == Duty(Role.VIEWER, None, "FI197")
    assert "<td>Pirkanmaa</td>" in made.text, "a limit is told by name"
    first = made.text.partition('<code class="secret">')[2].partition("</code>")[0]
    assert access.sign_in("Maija Mäkinen", first, "") is not None
    key = send(client, exact(page, "/settings/keys"), name="map", right="read", days="30")
    text = key.text.partition('<code class="secret">')[2].partition("</code>")[0]
    assert access.keys.shown(text) is not None
    again = read(client, f"/settings?lang={language}")
    assert first not in again.text and text not in again.text
    assert send(client, again.form("/settings/keys/revoke")).status_code == 303
    assert access.keys.shown(text) is None
    assert send(client, again.form("/settings/users/disable")).status_code == 303
    assert access.sign_in("Maija Mäkinen", first, "") is None
    trail = read(client, f"/settings/audit?lang={language}")
    done, made_key = say("access", "audit.done", language), access.keys.all()[0].id
    for act, thing in {
        "make_user": f"Maija Mäkinen {user.id}",
        "make_key": f"map {made_key}",
        "revoke_key": f"map {made_key}",
        "disable_user": f"Maija Mäkinen {user.id}",
    }.items():
        assert f"Aino{say('happenings', f'act.{act}', language)}{thing}127.0.0.0/24{done}" in trail.text
        assert thing in read(client, f"/settings?lang={language}").text
    assert say("happenings", "act.sign_in", language) in trail.text
    assert text not in trail.text
    assert first not in trail.text


def test_on_ones_own_machine_settings_are_open_and_signing_in_is_not_needed(client: FlaskClient) -> None:
    assert "Here nobody is asked to sign in" in read(client, "/sign-in?lang=en").text
    page = read(client, "/settings?lang=en")
    assert "asks nobody to sign in" in page.text
    assert "Sign out" not in page.text
