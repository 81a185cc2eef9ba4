"""Pages that only work leads to are accessible in each language: the steps of an import, and what was published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from graphsvc.drawing import MapAsk
from graphsvc.model import View
from graphsvc.render.redaction import NOTHING
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.browser.accessible import violations, violations_in_the_dark
from tests.browser.serving import worked
from tests.browser.test_by_keyboard import LIST, PATIENCE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(
    sample_copy: Callable[[], str], browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    settings = Settings(store=sample_copy(), home=tmp_path_factory.mktemp("home"))
    service = Service.open(settings)
    service.publish("region", MapAsk(View(place="FI197"), language="fi"), NOTHING, "Maija Mallikas")
    with worked(settings, service) as address:
        yield address
    service.close()


def look(page: Page, where: str, dark: bool) -> None:
    """See that a page fits a phone and that axe finds nothing, with all that folds open."""
    page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{where} scrolls sideways"
    assert violations(page) == [], where
    if dark:
        assert violations_in_the_dark(page) == [], f"{where}, in the dark"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_from_a_file_to_what_was_saved_and_published(
    browser: Browser, address: str, tmp_path: Path, language: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    file = tmp_path / f"{language}.csv"
    file.write_text(LIST.replace("2026", f"2026 {language}"), encoding="utf-8")
    page.goto(f"{address}/import?lang={language}")
    page.set_input_files("input[type=file]", file)
    for part, there in (("/import/", "h2"), ("/found/", ".figures"), ("/import/done/", ".notice.good")):
        page.click("main button.action")
        page.locator("[data-job]").wait_for(state="detached")
        page.locator(f"main {there}").first.wait_for()
        assert part in page.url and page.get_attribute("html", "lang") == language
        look(page, page.url, language == "fi")
    page.goto(f"{address}/publications/region?lang={language}")
    look(page, page.url, language == "fi")
    context.close()
