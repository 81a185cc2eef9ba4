"""Signing in and settings in a browser: accessible in every language, by keyboard, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from graphsvc.access.installation import Access
from graphsvc.access.keys import Wish
from graphsvc.access.users import Duty, Role
from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.browser.accessible import violations, violations_in_the_dark
from tests.browser.serving import served
from tests.browser.test_service_pages import watch

pytestmark = pytest.mark.browser
OWN = "correct horse battery"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def address(browser: Browser, home: Path) -> Iterator[str]:
    access = Access.of(home)
    for name, role in (("Aino", Role.ADMINISTRATOR), ("Vieno", Role.VIEWER)):
        user, _ = access.users.make(name, Duty(role))
        access.users.choose(user.id, OWN)
    access.users.disable(access.users.make("Liisa", Duty())[0].id)
    access.keys.make(Wish("map of the city"))
    access.keys.revoke(access.keys.make(Wish("old"))[0].id)
    settings = Settings(store=":memory:", home=home, public="nothing")
    service = Service.open(settings)
    with served(create_app(settings, service)) as address:
        yield address
    service.close()


def enter(context: BrowserContext, home: Path, name: str = "Aino") -> None:
    access = Access.of(home)
    text = access.sessions.start(access.users.meant(name).id)
    context.add_cookies([{"name": "session", "value": text, "domain": "127.0.0.1", "path": "/", "httpOnly": True}])


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_pages_are_accessible(browser: Browser, address: str, home: Path, language: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    said, _ = watch(page)
    for path in ("/sign-in", "/settings", "/settings/audit", "/password"):
        if path == "/settings":
            enter(context, home)
        page.goto(f"{address}{path}?lang={language}")
        assert page.url.startswith(address + path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{path} scrolls sideways"
        assert violations(page) == [], path
        assert violations_in_the_dark(page) == [], f"{path} in the dark"
    assert said == []
    context.close()


def test_a_person_signs_in_by_keyboard_without_a_script_makes_a_user_and_signs_out(
    browser: Browser, address: str, home: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(f"{address}/settings?lang=en")
    assert page.url.startswith(f"{address}/sign-in?next=")
    page.focus("#name")
    page.keyboard.type("Aino")
    page.keyboard.press("Tab")
    page.keyboard.type(OWN)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/settings?lang=en")
    page.focus("#user-name")
    page.keyboard.type("Maija Mäkinen")
    page.keyboard.press("Enter")
    page.wait_for_selector("code.secret")
    first = page.inner_text("code.secret")
    assert Access.of(home).users.known_by("Maija Mäkinen", first) is not None
    page.click("text=Sign out")
    page.wait_for_url(f"{address}/sign-in")
    page.goto(f"{address}/settings")
    assert "/sign-in" in page.url
    context.close()


def test_a_page_of_another_site_cannot_post_in_the_name_of_who_is_signed_in(
    browser: Browser, address: str, home: Path
) -> None:
    context = browser.new_context()
    enter(context, home)
    page = context.new_page()
    field = '<input name="name" value="evil"><button>go</button>'
    form = f'<form method="post" action="{address}/settings/keys">{field}</form>'
    page.route("http://evil.example/", lambda route: route.fulfill(body=form, content_type="text/html"))
    page.goto("http://evil.example/")
    page.click("button")
    page.wait_for_url(f"{address}/settings/keys")
    assert "evil" not in {key.name for key in Access.of(home).keys.all()}
    context.close()


def test_no_script_reads_the_session(browser: Browser, address: str, home: Path) -> None:
    context = browser.new_context()
    enter(context, home)
    page = context.new_page()
    page.goto(f"{address}/settings")
    assert "session" not in page.evaluate("document.cookie")
    context.close()
