"""The map without a mouse, on a phone, in the dark, in three languages.

axe-core looks at the page; it sees nothing of a canvas, so the walks ask for what the map itself says.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page

from graphsvc.render.content import MapStep
from tests.browser.accessible import violations
from tests.browser.conftest import Opener
from tests.render.made_up_map import made_up_map

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_axe_finds_nothing(open_map: Opener, language: str) -> None:
    story = (MapStep("The whole map.", ""), MapStep("Firms.", "hide=university"))
    map_ = open_map(replace(made_up_map(40, 4, 6, language), story=story))
    page = map_.page
    assert violations(page) == [], "at the start"

    page.click("#story-next")

    page.fill("#search", "tutkimus")
    assert violations(page) == [], "with the list of hits open"
    page.keyboard.press("Enter")
    map_.open_tables()
    map_.settle()
    assert violations(page) == [], "selected, tables open"

    page.click("#dark")
    map_.settle()
    assert violations(page) == [], "dark"

    page.set_viewport_size({"width": 320, "height": 800})
    map_.settle()
    assert violations(page) == [], "at 320 px"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_sideways_scroll_at_320_px(open_map: Opener, language: str) -> None:
    map_ = open_map(made_up_map(language=language), viewport={"width": 320, "height": 800})
    page = map_.page
    page.fill("#search", "nasi")
    page.keyboard.press("Enter")
    map_.open_tables()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_from_search_to_a_suggested_partner_by_keyboard(open_map: Opener) -> None:
    content = made_up_map()
    names = {actor.id: actor.name for actor in content.actors}
    first = content.suggestions[0]
    map_ = open_map(content)
    page = map_.page

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    page.keyboard.type(names[first.a])
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search", "aria-activedescendant") == "hit-0"
    page.keyboard.press("Enter")

    assert page.inner_text("#details-title") == names[first.a]
    assert page.inner_text("#status").startswith(f"{names[first.a]}, ")
    assert first.reasons_for[0] in page.inner_text("#details")
    assert first.reasons_against[0] in page.inner_text("#details")

    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == names[first.b]:
            break
    page.keyboard.press("Enter")
    assert page.inner_text("#details-title") == names[first.b]
    assert page.evaluate("location.hash") == f"#{first.b}"


def test_keys_move_between_actors_only_on_the_map(open_map: Opener) -> None:
    map_ = open_map(made_up_map())
    page = map_.page
    page.focus("#map")
    page.keyboard.press("ArrowRight")
    start = page.inner_text("#status")
    page.keyboard.press("ArrowRight")
    second = page.inner_text("#status")
    assert start and second and start != second
    page.keyboard.press("Enter")
    assert second.startswith(page.inner_text("#details-title"))
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "map", "Escape leads back to the map"
    assert page.evaluate("location.hash") == ""

    before = page.inner_text("#status")
    page.focus("#search")
    for key in ("ArrowRight", "0", "+"):
        page.keyboard.press(key)
    assert page.input_value("#search") == "0+"
    assert page.inner_text("#status") in (before, "Nothing found.")


def test_the_map_is_no_keyboard_trap(open_map: Opener) -> None:
    page = open_map(made_up_map()).page
    page.focus("#map")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "zoom-in"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "map"


def at_rest(page: Page) -> bytes:
    """Return the map's picture once it has stayed the same for a second; a busy machine draws late."""
    picture, drawn = b"", page.locator("#map").screenshot()
    for _ in range(30):
        if drawn == picture:
            break
        page.wait_for_timeout(1000)
        picture, drawn = drawn, page.locator("#map").screenshot()
    return drawn


def test_the_wheel_scrolls_the_page_and_zooms_with_ctrl(open_map: Opener) -> None:
    map_ = open_map(made_up_map())
    page = map_.page
    picture = at_rest(page)
    page.hover("#map", position={"x": 30, "y": 560})
    map_.settle()
    for _ in range(12):
        page.mouse.wheel(0, 50)
    map_.settle()
    assert page.evaluate("scrollY") > 150
    page.evaluate("scrollTo(0, 0)")
    assert at_rest(page) == picture, "the scale has changed"

    page.hover("#map", position={"x": 300, "y": 300})
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    map_.settle()
    assert page.evaluate("scrollY") == 0
    assert page.locator("#map").screenshot() != picture


def test_dark_follows_the_reader_and_the_button(open_map: Opener) -> None:
    page = open_map(made_up_map(), color_scheme="dark").page
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 22, 29)"
    assert page.get_attribute("#dark", "aria-pressed") == "true"
    page.click("#dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.get_attribute("#dark", "aria-pressed") == "false"
