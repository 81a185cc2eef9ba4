"""Forms of a network with more places than a list may hold, and a matrix of more actors than it may name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from graphsvc.app import create_app
from graphsvc.pages import coverage, places
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.browser.accessible import violations
from tests.browser.serving import served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(sample_copy: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(store=sample_copy(), home=tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "ALL", 5)
        patch.setattr(places, "MOST", 2)
        patch.setattr(coverage, "NAMES", 10)
        service = Service.open(settings)
        try:
            with served(create_app(settings, service)) as address:
                yield address
        finally:
            service.close()


def test_a_place_that_is_not_listed_is_found_by_keyboard_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/coverage?lang=fi&by=area")
    field = page.get_by_label("Muu paikka")
    page.get_by_label("Paikka", exact=True).focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == field.get_attribute("id")
    page.keyboard.type("Kangasala")
    page.keyboard.press("Enter")
    page.wait_for_url("**place=fi-kangasala**")
    assert "by=area" in page.url
    assert page.get_by_label("Paikka", exact=True).input_value() == "fi-kangasala"
    context.close()


@pytest.mark.parametrize("path", ["/coverage?lang=fi", "/publications?lang=sv", "/settings?lang=en"])
def test_such_pages_are_accessible(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(address + path)
    assert page.locator("input[name=place_named]").count() > 0
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert violations(page) == []
    context.close()
