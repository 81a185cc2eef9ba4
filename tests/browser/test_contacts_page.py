"""The box of contact persons in a browser: accessible with its forms open, and done by keyboard without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser

from graphsvc.app import create_app
from graphsvc.model import Contact
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.browser.accessible import violations, violations_in_the_dark
from tests.browser.serving import served
from tests.browser.test_by_keyboard import PATIENCE, Keys
from tests.browser.test_service_pages import watch

pytestmark = pytest.mark.browser
ACTOR = "fi-2844561-8"
UNTIL = datetime.now(UTC).date() + timedelta(days=30)


@pytest.fixture(scope="module")
def kept(
    sample_copy: Callable[[], str], browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    service = Service.open(Settings(store=sample_copy(), home=tmp_path_factory.mktemp("home"), contacts=True))
    yield service
    service.close()


@pytest.fixture(scope="module")
def address(kept: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(store=":memory:", home=tmp_path_factory.mktemp("other"), contacts=True)
    with served(create_app(settings, kept)) as address:
        yield address


def test_one_is_added_and_deleted_by_keyboard_without_a_script(browser: Browser, kept: Service, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    keys = Keys(page)
    page.goto(f"{address}/actors/{ACTOR}?lang=fi")
    keys.press("#add-contact summary")
    keys.write("#contact-name", "Maija Mäkinen")
    keys.write("#contact-email", "maija@example.org")
    keys.write("#contact-purpose", "haku")
    keys.to("#contact-until")
    page.locator("#contact-until").fill(UNTIL.isoformat())
    keys.press("#add-contact button")
    page.locator("h3", has_text="Maija Mäkinen").wait_for()
    (maija,) = kept.contacts.of_actor(ACTOR)
    assert (maija.purpose, maija.until) == ("haku", UNTIL)
    keys.press("ul.cards li details summary")
    keys.press("ul.cards button.danger")
    page.locator("h3", has_text="Maija Mäkinen").wait_for(state="detached")
    assert kept.contacts.of_actor(ACTOR) == ()
    context.close()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_box_is_accessible(browser: Browser, kept: Service, address: str, language: str) -> None:
    id_ = kept.contacts.add(
        Contact(actor=ACTOR, name="Pekka Virtanen", role="director", phone="+358 40 1", purpose="haku", until=UNTIL)
    )
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    said, _ = watch(page)
    page.goto(f"{address}/actors/{ACTOR}?lang={language}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways at 320 px"
    page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true; })")
    assert violations(page) == []
    if language == "fi":  # colours know no language
        assert violations_in_the_dark(page) == [], "in the dark"
    assert said == []
    context.close()
    kept.contacts.remove(id_)
