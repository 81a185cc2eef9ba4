"""Text from data never runs: hostile names go through everything a reader can do. Plain pyvis is the control."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyvis.network import Network as PlainNetwork

from tests.browser.conftest import Opener, Watched
from tests.render.made_up_map import HOSTILE, hostile_map

pytestmark = pytest.mark.browser


def walk(map_: Watched) -> list[Path]:
    """Do all that a reader can do; return the files that came out."""
    page = map_.page
    for text in ("img", "script", "href", "window", "=hyper", "$&"):
        page.fill("#search", text)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        map_.settle()
    page.hover("#map", position={"x": 300, "y": 300})
    for key in ("ArrowRight", "ArrowDown", "Enter", "ArrowLeft", "Escape"):
        page.locator("#map").press(key)
    for box in page.locator("input[name=kind]").all():
        box.uncheck()
        box.check()
    map_.open_tables()
    for key in ("theme", "place"):
        for number in range(page.locator(f"#{key} option").count()):
            page.select_option(f"#{key}", index=number)
    page.select_option("#theme", index=0)
    page.select_option("#place", index=0)
    for group in page.locator("[data-group]").all():
        group.click()
    while page.is_enabled("#story-next"):
        page.click("#story-next")
    page.click("#reset")
    for button in page.locator("button.sort").all():
        button.click()
    for table in ("suggestions", "actors", "ties"):
        page.locator(f"table[data-table={table}] button.link").first.click()
    page.click("#dark")
    files = []
    for selector in ("#svg", "#png", *(f"details [data-csv={table}]" for table in ("suggestions", "actors", "ties"))):
        with page.expect_download() as download:
            page.click(selector)
        files.append(Path(download.value.path()))
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.screenshot()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    page.click("#reset")
    map_.settle()
    return files


def test_nothing_from_data_runs(open_map: Opener) -> None:
    map_ = open_map(hostile_map())
    walk(map_)

    assert not map_.struck()
    assert map_.violations() == []
    assert map_.console == []
    assert [url for url in map_.requests if not url.startswith(("file:", "blob:"))] == []
    assert map_.page.locator("img, iframe, object, embed").count() == 0
    assert map_.page.inner_text("h1") == HOSTILE[0]
    hrefs = map_.page.eval_on_selector_all("a[href]", "links => links.map(link => link.protocol)")
    assert set(hrefs) <= {"file:", "http:", "https:"}


def test_exported_svg_carries_no_script(open_map: Opener, open_file: Opener, tmp_path: Path) -> None:
    map_ = open_map(hostile_map())
    with map_.page.expect_download() as download:
        map_.page.click("#svg")
    picture = tmp_path / "picture.svg"
    download.value.save_as(picture)

    opened = open_file(picture, ready=False)

    assert not opened.struck()
    assert opened.page.locator("script, image, foreignObject, a").count() == 0
    assert opened.page.evaluate("document.documentElement.nodeName") == "svg"


def test_csv_cells_are_no_formulas(open_map: Opener) -> None:
    map_ = open_map(hostile_map())
    map_.page.click("#tables details:nth-of-type(2) summary")
    with map_.page.expect_download() as download:
        map_.page.click("details [data-csv=actors]")
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")

    assert "'=HYPERLINK" in text
    cells = [cell.strip('"') for line in text.splitlines() for cell in line.split(",")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_harness_catches_plain_pyvis(open_file: Opener, tmp_path: Path) -> None:
    control = PlainNetwork(heading="<script>window.struck=1</script>", cdn_resources="in_line")
    control.add_node("a", label="a")
    page = tmp_path / "control.html"
    page.write_text(control.generate_html(), encoding="utf-8")

    opened = open_file(page, ready=False)

    assert opened.struck()
    assert [url for url in opened.requests if url.startswith("https:")], "plain pyvis calls a public CDN"
