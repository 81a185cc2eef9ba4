"""Filters, the link that shows the same view, groups of a crowded network, and a story."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from graphsvc.render.content import MapContent, MapStep, MapTie
from tests.browser.conftest import Opener, Watched
from tests.render.made_up_map import made_up_map

pytestmark = pytest.mark.browser
NARROW = "#theme=Health+data&years=2016+2018&strength=1&hide=civil_society"
SHOWN = """() => ["actors", "ties", "suggestions"].map((name) =>
  [...document.querySelectorAll(`table[data-table=${name}] tbody tr`)].filter((row) => !row.hidden).length)"""


DIFFERENCE = """async (address) => {
  const own = document.querySelector("#map canvas");
  const { width, height } = own;
  const image = Object.assign(new Image(), { src: address });
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d").drawImage(image, 0, 0);
  const pixels = (each) => each.getContext("2d").getImageData(0, 0, width, height).data;
  const [mine, other] = [pixels(own), pixels(canvas)];
  let differ = 0;
  for (let i = 0; i < mine.length; i += 4) {
    if (Math.abs(mine[i] - other[i]) + Math.abs(mine[i + 1] - other[i + 1]) > 120) differ += 1;
  }
  return differ / (width * height);
}"""


def shown(map_: Watched) -> tuple[int, int, int]:
    """Return how many actors, ties and suggestions the tables show."""
    actors, ties, suggestions = map_.page.evaluate(SHOWN)
    return actors, ties, suggestions


def painted(map_: Watched) -> str:
    map_.settle()
    found: str = map_.page.evaluate("document.querySelector('#map canvas').toDataURL()")
    return found


def expected(content: MapContent, theme: str, first: int, last: int) -> tuple[set[str], int]:
    """Return who has a tie of this theme in these years, and how many such ties there are."""
    of = {actor.id for actor in content.actors if theme in actor.themes}
    runs = {
        each.id
        for each in content.collaborations
        if theme in each.themes and (each.first or 0) <= last and (each.last or 9999) >= first
    }
    ties = [tie for tie in content.ties if {tie.a, tie.b} <= of and set(tie.collaborations) & runs]
    return {end for tie in ties for end in (tie.a, tie.b)}, len(ties)


def test_theme_and_years_narrow_map_and_tables(open_map: Opener) -> None:
    content = made_up_map()
    map_ = open_map(content)
    page = map_.page
    page.click("#filters summary")
    page.select_option("#theme", label="Health data")
    assert shown(map_)[0] == sum("Health data" in actor.themes for actor in content.actors)

    page.fill("#from", "2019")
    page.fill("#to", "2020")

    actors, ties = expected(content, "Health data", 2019, 2020)
    assert 0 < ties < len(content.ties)
    assert shown(map_)[:2] == (len(actors), ties)
    kept = [each for each in content.suggestions if {each.a, each.b} <= actors]
    assert shown(map_)[2] == len(kept)
    assert page.inner_text("#only") == "Only: Health data · 2019–2020"
    assert page.inner_text("output[for=from]") == "2019"
    assert f"{len(actors)} of {len(content.actors)}" in page.inner_text("#status")


def test_what_has_no_years_is_in_no_year(open_map: Opener) -> None:
    content = made_up_map()
    undated = tuple(
        replace(each, first=None, last=None) if number % 2 else each
        for number, each in enumerate(content.collaborations)
    )
    content = replace(content, collaborations=undated)
    map_ = open_map(content, fragment="#years=2015+2019")
    dated = {each.id for each in undated if each.first and each.first <= 2019}
    ties = [tie for tie in content.ties if set(tie.collaborations) & dated]
    assert shown(map_)[1] == len(ties) < len(content.ties)


def test_a_place_holds_the_places_in_it(open_map: Opener) -> None:
    above = (("Tampere", "Pirkanmaa"), ("Nokia", "Pirkanmaa"), ("Pirkanmaa", "Finland"))
    content = replace(made_up_map(), places_above=above)
    inside = sum(actor.place in ("Tampere", "Nokia") for actor in content.actors)
    for place in ("Pirkanmaa", "Finland"):
        assert shown(open_map(content, fragment=f"#place={place}"))[0] == inside
    assert shown(open_map(content, fragment="#place=Nokia"))[0] < inside


def test_strength_leaves_the_lines_that_are_drawn_thicker(open_map: Opener) -> None:
    content = made_up_map()
    # No two ties are alike: 40 % are drawn thicker, 10 % thickest.
    weights = range(len(content.ties), 0, -1)
    content = replace(
        content, ties=tuple(replace(t, weight=float(w)) for t, w in zip(content.ties, weights, strict=True))
    )
    every, stronger, strongest = (shown(open_map(content, fragment=f"#strength={step}"))[1] for step in range(3))
    assert every == len(content.ties)
    assert stronger / every == pytest.approx(0.4, abs=0.01)
    assert strongest / every == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize("story", [False, True])
def test_a_copied_link_shows_the_same(open_map: Opener, story: bool) -> None:
    content = made_up_map()
    if story:
        content = replace(content, story=(MapStep("One", ""), MapStep("Two", NARROW[1:])))
    first = open_map(content, fragment="#step=2" if story else NARROW)
    page = first.page
    page.click("#suggestions-button")
    page.click("#zoom-in")
    first.settle()
    first.open_tables()
    page.locator("table[data-table=actors] tbody tr:not([hidden]) button").first.evaluate("button => button.click()")
    first.settle()
    address = page.evaluate("location.hash")
    said = {key: values[0] for key, values in parse_qs(address.removeprefix("#")).items()}
    assert {"actor", "theme", "years", "strength", "hide", "suggestions", "at"} <= set(said)
    assert ("step" in said) is story

    second = open_map(content, fragment=address)
    painted(second)

    assert second.page.evaluate("location.hash") == address
    assert shown(second) == shown(first)
    assert second.page.inner_text("#details-title") == page.inner_text("#details-title")
    assert second.page.inner_text("#only") == page.inner_text("#only")
    page.mouse.move(1, 1)
    # The address rounds to whole units: edges of lines differ by a shade.
    from_first, from_other = (second.page.evaluate(DIFFERENCE, painted(each)) for each in (first, open_map(content)))
    assert from_first < 0.02
    assert from_other > 2 * from_first, "else the line above proves nothing"


def test_reset_forgets_everything(open_map: Opener) -> None:
    content = made_up_map()
    map_ = open_map(content, fragment=NARROW)
    map_.page.click("#zoom-in")
    map_.page.click("#reset")
    assert map_.page.evaluate("location.hash") == ""
    assert shown(map_) == (len(content.actors), len(content.ties), len(content.suggestions))
    assert not map_.page.locator("#only").is_visible()
    assert painted(map_) == painted(open_map(content))


@pytest.mark.parametrize(
    "fragment",
    [
        "#%",
        "#a=b&a=c",
        "#years=x+y",
        "#at=1",
        "#at=NaN+1+1",
        "#theme=None&place=1",
        "#step=9",
        "#__proto__",
        "#strength=7",
    ],
)
def test_nonsense_in_the_address_is_the_whole_map(open_map: Opener, fragment: str) -> None:
    content = made_up_map(40, 4, 6)
    map_ = open_map(content, fragment=fragment)
    assert map_.console == []
    assert shown(map_) == (len(content.actors), len(content.ties), len(content.suggestions))


def test_search_finds_whom_a_filter_hides(open_map: Opener) -> None:
    content = made_up_map()
    map_ = open_map(content, fragment="#hide=firm")
    firm = next(actor for actor in content.actors if actor.kind.value == "firm")
    map_.page.fill("#search", firm.name)
    map_.page.keyboard.press("Enter")
    assert map_.page.inner_text("#details-title") == firm.name
    assert map_.page.evaluate("location.hash") == f"#{firm.id}"


def test_a_group_is_framed_and_told(open_map: Opener) -> None:
    content = made_up_map()
    map_ = open_map(content)
    page = map_.page
    page.click("#groups summary")
    page.focus("[data-group='0']")
    page.keyboard.press("Enter")
    members = [actor for actor in content.actors if actor.community == 0]
    text = page.inner_text("#details")
    assert content.communities[0].name in text
    assert str(len(members)) in text
    assert members[0].name in text
    assert parse_qs(page.evaluate("location.hash.slice(1)")) == {"group": [content.communities[0].name]}
    page.click("#details >> text=Close")
    assert page.evaluate("location.hash") == ""


STORY = (
    MapStep("The whole network.", ""),
    MapStep("Health data only.", "theme=Health+data"),
    MapStep("Off.", "suggestions=off"),
)


def test_a_story_by_buttons_and_keys(open_map: Opener) -> None:
    content = replace(made_up_map(), story=STORY)
    map_ = open_map(content)
    page = map_.page
    assert page.is_disabled("#story-back")
    page.click("#story-next")
    assert page.inner_text("#caption") == "The whole network."
    page.keyboard.press("PageDown")
    assert page.inner_text("#caption") == "Health data only."
    assert page.inner_text("#story-step") == "2 of 3"
    assert shown(map_)[0] == sum("Health data" in actor.themes for actor in content.actors)
    assert page.evaluate("location.hash") == "#theme=Health+data&step=2"
    page.focus("#map")
    page.keyboard.press("PageDown")
    assert page.inner_text("#caption") == "Off."
    assert page.is_disabled("#story-next")
    assert shown(map_)[0] == len(content.actors)
    page.keyboard.press("PageUp")
    assert page.inner_text("#caption") == "Health data only."


def test_a_story_on_paper_is_one_figure_a_step(open_map: Opener) -> None:
    map_ = open_map(replace(made_up_map(), story=STORY), fragment="#step=2")
    page = map_.page
    before = shown(map_)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#print-map figcaption").all_inner_texts() == [
        "1. The whole network.",
        "2. Health data only.",
        "3. Off.",
    ]
    dashed = [
        page.locator("#print-map figure").nth(number).locator("[stroke-dasharray]").count() for number in range(3)
    ]
    assert dashed[0] > dashed[1] >= 0
    assert dashed[2] == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shown(map_) == before
    assert page.inner_text("#caption") == "Health data only."


def test_a_story_without_javascript_is_its_captions(open_map: Opener) -> None:
    page = open_map(replace(made_up_map(20, 2, 1), story=STORY), script=False).page
    assert page.locator("#captions li").all_inner_texts() == [step.caption for step in STORY]


def test_a_crowded_map_opens_and_closes_groups_by_click(open_map: Opener) -> None:
    content = made_up_map(700, 14, 20)
    map_ = open_map(content)
    page = map_.page
    largest = max(content.communities, key=lambda each: sum(actor.community == each.id for actor in content.actors))
    middle = page.evaluate(
        """(id) => {
          const { nodes } = JSON.parse(document.getElementById("map-data").textContent);
          const at = (field) => nodes.fields.indexOf(field);
          const inside = nodes.rows.filter((row) => row[at("community")] === id);
          const all = nodes.rows.filter((row) => row[at("x")] !== null);
          const mid = (rows, field) => rows.reduce((sum, row) => sum + row[at(field)], 0) / rows.length;
          return [mid(inside, "x"), mid(inside, "y")];
        }""",
        largest.id,
    )
    # The address says where the middle of the map is: the click goes there.
    page.evaluate("([x, y]) => { location.hash = `at=${x} ${y} 3000`; }", middle)
    map_.settle()
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2 + 25, box["y"] + box["height"] / 2 + 25)
    map_.settle()
    assert page.inner_text("#details-title") == largest.name
    page.locator("#map").press("Escape")
    assert page.inner_text("#details-title") == "Details"


def test_a_hub_of_a_crowded_map_draws_its_strongest_ties_and_lists_all(open_map: Opener) -> None:
    content = made_up_map(700, 14, 20)
    hub = content.actors[0].id
    tied = {tie.b if tie.a == hub else tie.a for tie in content.ties if hub in (tie.a, tie.b)}
    new = [actor.id for actor in content.actors if actor.id not in {*tied, hub}][:300]
    more = tuple(MapTie(min(hub, id_), max(hub, id_), 0.001, ()) for id_ in new)
    map_ = open_map(replace(content, ties=(*content.ties, *more)), fragment=f"#{hub}")
    text = map_.page.inner_text("#details")
    assert "draws the 120 strongest ties" in text
    assert map_.page.locator("#details .partners:last-of-type > li").count() == len(tied) + 300


def test_ties_whose_collaborations_are_hidden_stay(open_map: Opener) -> None:
    content = made_up_map()
    hidden = tuple(replace(tie, collaborations=()) for tie in content.ties)
    map_ = open_map(replace(content, ties=hidden, collaborations=()))
    assert shown(map_)[1] == len(content.ties)
    assert not map_.page.locator("#from").count(), "no years are known"
    map_.page.evaluate("location.hash = 'theme=Photonics'")
    map_.settle()
    assert shown(map_)[1] == 0
    assert map_.console == []
