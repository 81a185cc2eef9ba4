"""The service's own pages as a browser sees them: accessible, nothing refused by their policy, nothing from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.browser.accessible import leave_one_of_each_kind, violations, violations_in_the_dark
from tests.browser.serving import served

pytestmark = pytest.mark.browser
PATIENCE = 60_000
"""Milliseconds: a map of the whole sample is made on first asking, beside other tests."""

PATHS = (
    "/?",
    "/actors?q=yliopisto",
    "/missing?place=FI197&top=10",
    "/missing/decisions?",
    "/missing/what-if?pair=fi-2844561-8+pic-999994535",
    "/coverage?place=FI197",
    "/coverage/actors?on=digitalisation-of-industry&group=industry",
    "/missing?place_named=ma",
    "/track-record?until=2018-01-01&place=FI197",
    "/network?place=FI197&kind=university",
    "/actors/fi-2844561-8?",
    "/collaborations/cordis-636909?",
    "/regions?",
    "/regions/startup_alliance?",
    "/regions/ecosystem_agreements?",
    "/regions/rdi_environments?",
    "/regions/procurement?",
    "/review?",
    "/publications?",
    "/import?",
    "/settings?",
    "/sign-in?",
    "/accessibility?",
    "/nowhere?",
)
"""Every page, with something on it."""
DOCS = "/api/v1/docs"
SHOWN = [(DOCS, ("",)), *((path, ("fi", "sv", "en")) for path in PATHS)]
"""Each page in each language; in the dark in the first: colours know no language."""


@pytest.fixture(scope="module")
def address(
    sample_copy: Callable[[], str], browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    settings = Settings(store=sample_copy(), home=tmp_path_factory.mktemp("home"))
    service = Service.open(settings)
    try:
        with served(create_app(settings, service)) as address:
            yield address
    finally:
        service.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def watch(page: Page) -> tuple[list[str], list[str]]:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    return said, asked


@pytest.mark.parametrize(("path", "languages"), SHOWN)
def test_pages_are_accessible_and_by_themselves(
    browser: Browser, address: str, path: str, languages: tuple[str, ...]
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    said, asked = watch(page)
    here = address + path.split("?")[0]
    own_files = {f"{address}/static/{name}" for name in ("pages.css", "dropping.js", "framed.js", "waiting.js")}
    own_files |= {here, f"{here}/picture.svg", f"{address}/map"}
    for language in languages:
        joint = "" if path.endswith("?") else "&"
        page.goto(address + path + (f"{joint}lang={language}" if language else ""))
        assert not language or page.get_attribute("html", "lang") == language
        if "/network" in path:
            page.frame_locator("iframe").locator("html[data-ready]").wait_for()
        assert [each for each in said if "/nowhere" not in path] == [], language
        assert {each.split("?")[0] for each in asked} <= own_files, language
        sideways = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not sideways, f"scrolls sideways at 320 px in {language}"
        page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true; })")
        assert violations(page, iframes=False) == [], language
        if path == DOCS:  # 18,000 elements: the contrast of all takes a minute
            leave_one_of_each_kind(page)
            assert page.locator("main > section").count() > 5
        if language == languages[0]:
            assert violations_in_the_dark(page, iframes=False) == [], "in the dark"
    context.close()


def test_the_start_page_leads_to_a_map_whose_view_stands_in_the_address(page: Page, address: str) -> None:
    said, asked = watch(page)
    page.goto(f"{address}/?lang=fi")
    page.click("a.action")
    framed = page.frame_locator("iframe")
    framed.locator("html[data-ready]").wait_for()
    assert page.url.startswith(f"{address}/network")
    framed.locator("#search").fill("Tampereen yliopisto")
    framed.locator("#search").press("Enter")
    page.wait_for_url("**/network#*")
    copied = page.url
    again = page.context.new_page()
    again.goto(copied)
    again.frame_locator("iframe").locator("html[data-ready]").wait_for()
    assert "Tampereen yliopisto" in again.frame_locator("iframe").locator("#details").inner_text()
    assert said == [], "header and page agree on one policy"
    assert all(each.startswith((f"{address}/", "data:", "blob:")) for each in asked)


def test_each_link_of_the_documentation_works_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/api/v1/docs")
    page.focus("a[href='#list_missing_partnerships']")
    page.keyboard.press("Enter")
    assert page.evaluate("document.getElementById('list_missing_partnerships').getBoundingClientRect().top") < 100
