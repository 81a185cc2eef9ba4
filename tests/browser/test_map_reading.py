"""What a reader does with the map: search, select, filter, sort, print, take away. The same truth in every form."""

from __future__ import annotations

import csv
import struct
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdfium2 import PdfDocument

from graphsvc.render.content import MapContent
from graphsvc.render.palette import LIGHT
from tests.browser.conftest import Opener, Watched
from tests.render.made_up_map import made_up_map

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


def names(content: MapContent) -> Mapping[str, str]:
    return {actor.id: actor.name for actor in content.actors}


def downloaded(map_: Watched, selector: str) -> bytes:
    with map_.page.expect_download() as download:
        map_.page.click(selector)
    return Path(download.value.path()).read_bytes()


def printed(map_: Watched) -> None:
    map_.page.emulate_media(media="print")
    map_.page.evaluate("dispatchEvent(new Event('beforeprint'))")


@pytest.mark.parametrize("text", ["aani", "ÄÄNI", "ääni", "oy aani"])
def test_search_forgives_capitals_and_dots(open_map: Opener, text: str) -> None:
    content = made_up_map()
    page = open_map(content).page
    page.fill("#search", text)
    options = page.locator("#hits [role=option]").all_inner_texts()
    assert options
    assert all("ääni" in option.lower() for option in options)
    page.fill("#search", "no such name anywhere")
    assert page.inner_text("#status") == "Nothing found."
    assert not page.locator("#hits").is_visible()


def test_a_link_opens_an_actor(open_map: Opener) -> None:
    content = made_up_map()
    actor = content.actors[20]
    page = open_map(content, fragment=f"#{actor.id}").page
    assert page.inner_text("#details-title") == actor.name
    assert actor.themes[0] in page.inner_text("#details")
    assert f"21 of {len(content.actors)}" in page.inner_text("#details")


# The middle of the square of 24 pixels that holds most of one colour.
FIND_COLOUR = """([red, green, blue]) => {
  const canvas = document.querySelector("#map canvas");
  const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const cells = {};
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] !== red || data[i + 1] !== green || data[i + 2] !== blue) continue;
    const [x, y] = [(i / 4) % width, Math.floor(i / 4 / width)];
    const cell = `${Math.floor(x / 24)},${Math.floor(y / 24)}`;
    cells[cell] = (cells[cell] || 0) + 1;
  }
  const best = Object.entries(cells).sort((p, q) => q[1] - p[1])[0][0].split(",");
  return best.map((part) => (Number(part) + 0.5) * 24);
}"""


def test_a_click_on_a_symbol_opens_its_actor_and_one_beside_closes_it(open_map: Opener) -> None:
    content = made_up_map()
    page = open_map(content).page
    strongest = content.actors[0]
    colour = LIGHT[strongest.kind.value].removeprefix("#")
    x, y = page.evaluate(FIND_COLOUR, [int(colour[at : at + 2], 16) for at in (0, 2, 4)])

    page.click("#map", position={"x": x, "y": y})

    assert page.inner_text("#details-title") == strongest.name
    assert page.evaluate("location.hash") == f"#{strongest.id}"
    page.click("#map", position={"x": 12, "y": 12})
    assert page.inner_text("#details-title") == "Details"


def test_details_hold_all_partners_with_what_they_share(open_map: Opener) -> None:
    content = made_up_map()
    actor = content.actors[0]
    page = open_map(content, fragment=f"#{actor.id}").page
    ties = [tie for tie in content.ties if actor.id in (tie.a, tie.b)]
    expected = {names(content)[tie.b if tie.a == actor.id else tie.a] for tie in ties}
    joint = {each.id: each for each in content.collaborations}

    text = page.inner_text("#details")

    assert f"Partners ({len(ties)})" in text
    assert expected <= set(page.locator("#details .partners button").all_inner_texts())
    for tie in ties:
        for id_ in tie.collaborations:
            assert joint[id_].name in text
            assert f"{joint[id_].first}–{joint[id_].last}" in text
    sites = {joint[id_].website for tie in ties for id_ in tie.collaborations if joint[id_].website}
    assert sites
    links = page.locator("#details .via a").evaluate_all("links => links.map(link => [link.href, link.rel])")
    assert {href for href, _ in links} == sites
    assert {rel for _, rel in links} == {"noopener noreferrer"}


def test_the_legend_filters_map_and_tables(open_map: Opener) -> None:
    content = made_up_map()
    map_ = open_map(content)
    firms = {actor.id for actor in content.actors if actor.kind.value == "firm"}

    map_.page.uncheck("input[value=firm]")
    map_.page.click("#tables details:nth-of-type(2) summary")

    left = len(content.actors) - len(firms)
    assert map_.page.locator("table[data-table=actors] tbody tr:visible").count() == left
    assert f"{left} of {len(content.actors)}" in map_.page.inner_text("#status")
    kept = [each for each in content.suggestions if each.a not in firms and each.b not in firms]
    assert map_.page.locator("table[data-table=suggestions] tbody tr:visible").count() == len(kept)
    printed(map_)
    assert map_.page.locator("#print-map [stroke-dasharray]").count() == len(kept)


def test_columns_sort_as_people_read(open_map: Opener) -> None:
    page = open_map(made_up_map(language="fi")).page
    page.click("#tables details:nth-of-type(2) summary")
    column = page.locator("table[data-table=actors] tbody td:nth-child(2)")
    page.click("table[data-table=actors] th:nth-child(2) button")
    assert page.get_attribute("table[data-table=actors] th:nth-child(2)", "aria-sort") == "ascending"
    first, *_, last = column.all_inner_texts()
    assert first.startswith("Harju")
    assert last.startswith(("Öljy", "Ölj"))
    page.click("table[data-table=actors] th:nth-child(7) button")
    page.click("table[data-table=actors] th:nth-child(7) button")
    partners = [int(text) for text in page.locator("table[data-table=actors] td:nth-child(7)").all_inner_texts()]
    assert partners == sorted(partners, reverse=True)
    page.click("table[data-table=actors] th:nth-child(8) button")
    measured = [float(text.replace(",", ".")) for text in page.locator("td:nth-child(8)").all_inner_texts()]
    assert measured == sorted(measured)


def test_paper_shows_the_map_as_vectors_with_names_apart(open_map: Opener) -> None:
    content = made_up_map()
    map_ = open_map(content, color_scheme="dark")
    printed(map_)
    page = map_.page

    assert page.locator("#print-map svg").is_visible()
    assert not page.locator("#map").is_visible()
    assert page.locator("#print-map [stroke-dasharray]").count() == len(content.suggestions)
    assert page.locator("table[data-table=suggestions] tbody tr:visible").count() == len(content.suggestions)
    assert page.locator("table[data-table=ties] tbody tr:visible").count() == 0, "closed tables fill no paper"
    assert not page.locator("#tables details:nth-of-type(3) summary").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    boxes = page.eval_on_selector_all(
        "#print-map text",
        "texts => texts.map(t => { const b = t.getBoundingClientRect(); return [t.textContent, b.left, b.top + 2, b.right, b.bottom - 2]; })",  # noqa: E501
    )
    assert len(boxes) > 60, "hardly any names"
    for (name, left, top, right, bottom), (other, left2, top2, right2, bottom2) in combinations(boxes, 2):
        apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
        assert apart, f"{name!r} lies on {other!r}"


def pages(pdf: bytes) -> int:
    assert pdf.startswith(b"%PDF")
    return sum(pdf.count(b"/Type /Page" + end) for end in (b"\n", b" ", b"/"))


def test_paper_holds_the_tables_that_are_open(open_map: Opener) -> None:
    content = made_up_map(language="fi")
    page = open_map(content).page
    short = pages(page.pdf(format="A4"))
    assert 2 <= short <= 4
    page.click("#tables details:nth-of-type(3) summary")
    printed_rows = "table[data-table=ties] tbody tr:visible"
    assert pages(page.pdf(format="A4")) > short + 2
    page.emulate_media(media="print")
    assert page.locator(printed_rows).count() == len(content.ties)


def test_an_actor_is_found_by_its_other_names(open_map: Opener) -> None:
    content = made_up_map()
    first, *others = content.actors
    renamed = replace(first, also=("Vanha Nimi Oy", "VNO"))
    page = open_map(replace(content, actors=(renamed, *others))).page
    page.fill("#search", "vno")
    assert page.locator("#hits [role=option]").count() == 1
    page.press("#search", "Enter")
    assert page.inner_text("#details-title") == first.name
    assert "Vanha Nimi Oy; VNO" not in page.inner_text("#details-body"), "folded: partners come first"
    page.click("#details-body summary")
    assert "Vanha Nimi Oy; VNO" in page.inner_text("#details-body")


def test_on_a_phone_a_choice_brings_its_details_into_sight(open_map: Opener) -> None:
    page = open_map(made_up_map(), viewport={"width": 360, "height": 740}, reduced_motion="reduce").page
    page.fill("#search", made_up_map().actors[0].name)
    page.press("#search", "Enter")
    page.wait_for_timeout(200)
    panel, stage = (page.locator(each).bounding_box() for each in ("#details", "#map"))
    assert panel and stage
    assert -1 <= panel["y"] < 740 / 2
    assert panel["y"] - (stage["y"] + stage["height"]) < 60, "right below the map"


def test_on_paper_suggestions_begin_below_their_heading(open_map: Opener) -> None:
    content = made_up_map(suggestions=20)
    document = PdfDocument(open_map(content).page.pdf(format="A4"))
    texts = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    (headed,) = [text for text in texts if "Suggested partnerships (" in text]
    first = content.suggestions[0]
    named = {each.id: each.name for each in content.actors}
    assert named[first.a] in headed.partition("Suggested partnerships (")[2]


def test_svg_holds_what_the_data_holds(open_map: Opener) -> None:
    content = made_up_map()
    tree = ElementTree.fromstring(downloaded(open_map(content), "#svg"))  # noqa: S314  # ours

    texts = {element.text for element in tree.iter(f"{SVG}text")}
    assert content.title in texts
    assert any("2026-10-31" in (text or "") and "Made-up register" in (text or "") for text in texts)
    assert {community.name for community in content.communities} & texts
    dashed = [element for element in tree.iter(f"{SVG}path") if element.get("stroke-dasharray")]
    assert len(dashed) == len(content.suggestions) + 1, "the suggestions and their line in the legend"
    assert content.title in (tree.get("aria-label") or "")


def test_png_is_large_enough_for_a_report(open_map: Opener) -> None:
    data = downloaded(open_map(made_up_map()), "#png")
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (3200, 2200)
    assert len(data) > 100_000


@pytest.mark.parametrize(("language", "comma"), [("en", ","), ("fi", ";")])
def test_csv_opens_in_the_readers_spreadsheet(open_map: Opener, language: str, comma: str) -> None:
    content = made_up_map(language=language)
    data = downloaded(open_map(content), ".tools [data-csv=ties]")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=comma))
    assert data.startswith(b"\xef\xbb\xbf")
    assert len(rows) == len(content.ties) + 2, "a header, the ties and a last line with date and source"
    assert [row[:2] for row in rows[1:-1]] == [[names(content)[tie.a], names(content)[tie.b]] for tie in content.ties]
    assert ("31.10.2026" if language == "fi" else "2026-10-31") in rows[-1][0]
