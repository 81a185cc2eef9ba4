"""The map is one file: nothing else is asked for, nothing is refused, something is drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.browser.conftest import Opener, Watched
from tests.render.made_up_map import made_up_map

pytestmark = pytest.mark.browser

COLOURS = """() => {
  const canvas = document.querySelector("#map canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const seen = {};
  for (let i = 0; i < data.length; i += 4) {
    const colour = `${data[i]},${data[i + 1]},${data[i + 2]},${data[i + 3]}`;
    seen[colour] = (seen[colour] || 0) + 1;
  }
  return seen;
}"""
ACCENT = "168,0,92,255"


def colours(map_: Watched) -> dict[str, int]:
    found: dict[str, int] = map_.page.evaluate(COLOURS)
    return found


def test_one_file_nothing_asked_for(open_map: Opener) -> None:
    map_ = open_map(made_up_map())

    assert map_.requests == [map_.page.url]
    assert map_.console == []
    assert map_.violations() == []
    assert map_.page.evaluate("document.compatMode") == "CSS1Compat"
    assert len(colours(map_)) > 200, "the canvas is blank"


def test_suggestions_alone_have_their_colour(open_map: Opener) -> None:
    map_ = open_map(made_up_map())
    assert colours(map_).get(ACCENT, 0) > 500

    map_.page.click("#suggestions-button")
    map_.settle()

    assert colours(map_).get(ACCENT, 0) == 0
    assert map_.page.get_attribute("#suggestions-button", "aria-pressed") == "false"
    assert "hidden" in map_.page.inner_text("#status")


def test_two_loads_paint_the_same(open_map: Opener) -> None:
    first, second = (at_rest(open_map(made_up_map())) for _ in range(2))
    assert len(first) > 50_000, "hardly anything is painted"
    assert first == second


def at_rest(map_: Watched) -> str:
    """Return what is painted once it no longer changes; a busy machine takes longer to place the names.

    The canvas is asked, not the screen: the browser rounds the corners of its border by a shade more or less each time.
    """
    last = ""
    for _ in range(20):
        map_.settle()
        now: str = map_.page.evaluate("document.querySelector('#map canvas').toDataURL()")
        if now == last:
            return now
        last = now
    pytest.fail("the map never came to rest")


def test_a_crowded_network_opens_on_groups_and_keeps_all_in_the_tables(open_map: Opener) -> None:
    content = made_up_map(700, 14, 20)
    map_ = open_map(content)
    page = map_.page

    assert "opens on groups" in page.inner_text(".board")
    assert page.locator("table[data-table=actors] tbody tr").count() == 700
    name = content.communities[0].name
    inside = [actor.name for actor in content.actors if actor.community == content.communities[0].id]
    suggested = {end for each in content.suggestions for end in (each.a, each.b)}
    assert len(shown(map_)) < len(suggested) + 20, "groups instead of actors"
    assert f"{name} ({len(inside)})" in names_written(map_)

    page.click(f"[data-group='{content.communities[0].id}']")
    map_.settle()
    assert set(inside) <= set(shown(map_))
    assert page.inner_text("#details-title") == name
    assert page.get_attribute("[data-group='0']", "aria-pressed") == "true"
    page.keyboard.press("Escape")

    elsewhere = content.actors[-1]
    page.fill("#search", elsewhere.name)
    page.keyboard.press("Enter")
    assert page.inner_text("#details-title") == elsewhere.name
    assert elsewhere.name in shown(map_)
    assert map_.console == []


def picture_of(map_: Watched) -> None:
    map_.page.emulate_media(media="print")
    map_.page.evaluate("dispatchEvent(new Event('beforeprint'))")


def names_written(map_: Watched) -> list[str]:
    """Return the names that stand on the map."""
    picture_of(map_)
    found: list[str] = map_.page.locator("#print-map text").all_text_contents()
    map_.page.emulate_media(media="screen")
    return found


def shown(map_: Watched) -> list[str]:
    """Return the names of the actors whose symbols are drawn, whether or not there is room for the names."""
    picture_of(map_)
    found: list[str] = map_.page.locator("#print-map svg * title").all_text_contents()
    map_.page.emulate_media(media="screen")
    return found


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_without_javascript_the_tables_stand(open_map: Opener, language: str) -> None:
    content = made_up_map(language=language)
    page = open_map(content, script=False).page

    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("noscript").inner_text()
    assert page.locator("table[data-table=actors] tbody tr").count() == len(content.actors)
    assert page.locator("table[data-table=ties] tbody tr").count() == len(content.ties)
    assert page.locator("table[data-table=suggestions] tbody tr").count() == len(content.suggestions)
    assert not page.locator("#map").is_visible()


def test_an_empty_network_is_a_page_that_says_so(open_map: Opener) -> None:
    content = replace(made_up_map(), actors=(), ties=(), suggestions=(), communities=())
    map_ = open_map(content)
    map_.page.focus("#map")
    for key in ("ArrowRight", "Enter", "0", "+", "Escape"):
        map_.page.keyboard.press(key)
    map_.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert map_.console == []
