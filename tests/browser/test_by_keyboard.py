"""A coordinator's main job by keyboard alone: from a file to a decision to a published map."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, TimeoutError

from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.browser.serving import worked
from tests.browser.test_service_pages import watch

pytestmark = pytest.mark.browser
LIST = """\
Organisaatio;Hanke;Kotikunta
Vanhan Tehtaan Osuuskunta;Kiertotalous 2026;Tampere
Tampereen yliopisto;Kiertotalous 2026;Tampere
"""
PATIENCE = 90_000
"""Milliseconds: the machine may be busy with other tests."""


@pytest.fixture
def address(sample_copy: Callable[[], str], browser: Browser, tmp_path: Path) -> Iterator[str]:
    settings = Settings(store=sample_copy(), home=tmp_path)
    service = Service.open(settings)
    with worked(settings, service) as address:
        yield address
    service.close()


class Keys:
    """A person without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, selector: str) -> None:
        """Press Tab until what has the focus is meant; it must be seen to have it."""
        for _ in range(300):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement?.matches(s)", selector):
                outline = self.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", f"the focus on {selector} is not seen"
                return
        raise AssertionError(f"no Tab leads to {selector}")

    def press(self, selector: str) -> None:
        """Go there and press Enter."""
        self.to(selector)
        self.page.keyboard.press("Enter")

    def write(self, selector: str, text: str) -> None:
        """Go there and write."""
        self.to(selector)
        self.page.keyboard.type(text)

    def choose(self, file: Path) -> None:
        """Open the chooser of the file field that has the focus, and choose; as a person, press again if none comes."""
        for last in (False, False, True):
            try:
                with self.page.expect_file_chooser(timeout=PATIENCE / 6) as chosen:
                    self.page.keyboard.press("Enter")
            except TimeoutError:
                if last:
                    raise
                continue
            chosen.value.set_files(file)
            return

    def arrive(self, heading: str) -> None:
        """Wait for the page of that heading."""
        self.page.locator("h1", has_text=heading).wait_for(timeout=PATIENCE)


def test_from_a_file_to_a_published_map(browser: Browser, address: str, tmp_path: Path) -> None:
    file = tmp_path / "lista.csv"
    file.write_text(LIST, encoding="utf-8")
    context = browser.new_context(locale="fi-FI")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    said, asked = watch(page)
    keys = Keys(page)
    page.goto(f"{address}/?lang=fi")

    keys.press("nav.menu a[href='/import']")
    keys.arrive("Tuo tiedosto")
    keys.to("input[type=file]")
    keys.choose(file)
    keys.press("main button.action")
    keys.arrive("Mitä tiedostossa on")
    keys.press("main button.action")
    keys.arrive("Mitä tallennettaisiin")
    keys.press("main button.action")
    keys.arrive("Tuonti")
    assert "Tallennettu" in page.locator("main").inner_text()

    keys.press("nav.menu a[href='/missing']")
    keys.arrive("Puuttuvat kumppanuudet")
    first = page.locator("ol.suggestions li h2").first.inner_text()
    keys.press("li#line-1 details.decide summary")
    keys.to("#answer-1")
    page.keyboard.press("ArrowDown")
    assert page.locator("#answer-1").input_value() != ""
    keys.write("#by-1", "Maija Mäkinen")
    keys.press("li#line-1 button.action")
    page.locator("[role=status]", has_text="Merkitty").wait_for()
    assert page.locator("ol.suggestions li h2").first.inner_text() != first

    keys.press("nav.menu a[href='/publications']")
    keys.arrive("Raportit ja upotukset")
    keys.write("#title", "Pirkanmaan verkosto")
    keys.to("#by")
    assert page.locator("#by").input_value() == "Maija Mäkinen"
    keys.press("main button[value=publish]")
    keys.arrive("Pirkanmaan verkosto")
    keys.press("main a.action")
    page.locator("html[data-ready]").wait_for()
    assert "/published/pirkanmaan-verkosto" in page.url
    assert said == []
    assert all(each.startswith((address, "data:", "blob:")) for each in asked)
    context.close()


def test_the_first_tab_skips_to_the_content(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{address}/actors?lang=en", timeout=PATIENCE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()
