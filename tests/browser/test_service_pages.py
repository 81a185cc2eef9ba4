"""The service's own pages as a browser sees them: accessible, nothing refused by their policy, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from graphsvc.app import create_app
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.browser.serving import served

pytestmark = pytest.mark.browser
PATIENCE = 60_000
"""Milliseconds: a map of the whole sample is made on first asking, beside other tests."""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


PATHS = (
    "/?",
    "/actors?q=yliopisto",
    "/missing?place=FI197&top=10",
    "/missing/decisions?",
    "/missing/what-if?pair=fi-2844561-8+pic-999994535",
    "/coverage?place=FI197",
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
    "/settings?",
    "/sign-in?",
    "/nowhere?",
)
"""Every page, with something on it."""
SHOWN = [
    *(("/api/v1/docs", scheme) for scheme in ("light", "dark")),
    *(
        (f"{path}{'' if path.endswith('?') else '&'}lang={language}", scheme)
        for path in PATHS
        for language, scheme in (("fi", "light"), ("sv", "light"), ("en", "light"), ("fi", "dark"))
    ),
]
"""Each page in each language, and in the dark in one: colours know no language."""


@pytest.fixture(scope="module")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(store=":memory:", home=tmp_path_factory.mktemp("home"))
    service = Service.open(settings)
    try:
        service.load(service.check(sample_path()))
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


@pytest.mark.parametrize(("path", "scheme"), SHOWN)
def test_pages_are_accessible_and_by_themselves(browser: Browser, address: str, path: str, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 800})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    said, asked = watch(page)
    here = address + path.split("?")[0]
    own_files = {f"{address}/static/{name}" for name in ("pages.css", "framed.js", "waiting.js")}
    own_files |= {here, f"{here}/picture.svg", f"{address}/map"}
    page.goto(address + path)
    if "/network" in path:
        page.frame_locator("iframe").locator("html[data-ready]").wait_for()
    assert [each for each in said if "/nowhere" not in path] == []
    assert {each.split("?")[0] for each in asked} <= own_files
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways at 320 px"
    for details in page.locator("details").all():
        details.evaluate("each => each.open = true")
    found: dict[str, Any] = Axe().run(page, options=RULES | {"iframes": False}).response
    assert len(found["passes"]) > 15, "axe has not looked at the page"
    assert [f"{each['id']}: {node['html'][:150]}" for each in found["violations"] for node in each["nodes"]] == []
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
