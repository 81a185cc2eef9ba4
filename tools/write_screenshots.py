"""Write pictures of maps, sheets and pages of the sample, and the page that shows them: ``make screenshots``.

The table below says what is pictured. A new picture is a new line of it; names of files are names of lines. Needs
Chromium, on the search path or named in GRAPHSVC_TEST_CHROMIUM. Names of lines as arguments: only these are made anew.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from graphsvc.app import create_app
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings

ROOT: Final = Path(__file__).resolve().parents[1]
PICTURES: Final = ROOT / "docs" / "images" / "screenshots"
PAGE: Final = ROOT / "docs" / "reference" / "screenshots.md"
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass(frozen=True)
class Shot:
    """One picture; a sheet of several pages makes several."""

    name: str
    says: str
    """What is seen, for those who don't see it."""
    address: str
    """On the service with the sample."""
    width: int = 1280
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    how: Literal["screen", "printed", "sheet"] = "screen"
    """As on a screen; as the browser prints it; or the PDF at the address."""


PHONE: Final[dict[str, Any]] = {"width": 360, "height": 740}
TAU: Final = "#fi-2844561-8"
SHOTS: Final = (
    Shot("map-fi", "The map of the sample in Finnish.", "/map?lang=fi"),
    Shot("map-sv", "The map of the sample in Swedish.", "/map?lang=sv"),
    Shot("map-en", "The map of the sample in English.", "/map?lang=en"),
    Shot("map-dark", "The map on a dark screen.", "/map?lang=fi", scheme="dark"),
    Shot("map-phone", "The map on a phone.", "/map?lang=fi", **PHONE),
    Shot("map-phone-dark", "The map on a phone, dark.", "/map?lang=fi", scheme="dark", **PHONE),
    Shot("map-selected", "One actor is selected; its neighbours stay.", f"/map?lang=fi{TAU}"),
    Shot("map-selected-dark", "One actor is selected, dark.", f"/map?lang=fi{TAU}", scheme="dark"),
    Shot("map-selected-phone", "One actor is selected, on a phone.", f"/map?lang=fi{TAU}", **PHONE),
    Shot("map-printed", "The page of the map as the browser prints it.", "/map?lang=fi", how="printed"),
    Shot("sheet-a4", "The map as a sheet of A4.", "/map?lang=fi&format=pdf&paper=a4", how="sheet"),
    Shot("sheet-a3", "The map as a sheet of A3.", "/map?lang=fi&format=pdf&paper=a3", how="sheet"),
    Shot("start", "The start page.", "/?lang=fi"),
    Shot("start-phone", "The start page on a phone.", "/?lang=fi", **PHONE),
    Shot("actors", "The list of actors after a search.", "/actors?q=yliopisto&lang=fi"),
    Shot("actor", "The page of one actor.", "/actors/fi-2844561-8?lang=fi"),
    Shot("network", "The page of the network.", "/network?place=FI197&lang=fi"),
    Shot("missing", "Missing partnerships.", "/missing?place=FI197&top=10&lang=fi"),
    Shot("decisions", "What was decided on missing partnerships.", "/missing/decisions?lang=fi"),
    Shot("coverage", "Coverage: themes and kinds of actors.", "/coverage?place=FI197&lang=fi"),
    Shot("track-record", "The track record.", "/track-record?until=2018-01-01&place=FI197&lang=fi"),
    Shot("publications", "What is published.", "/publications?lang=fi"),
    Shot("review", "Entries that may be one body.", "/review?lang=fi"),
)


class Quiet(WSGIRequestHandler):
    """Says nothing."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the sample; give the address."""
    settings = Settings(store=":memory:")
    service = Service.open(settings)
    service.load(service.check(sample_path()))
    server = make_server("127.0.0.1", 0, create_app(settings, service), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        service.close()


def taken(shot: Shot, browser: Browser, address: str) -> list[Image.Image]:
    """Return the pictures of a line."""
    if shot.how == "sheet":
        with urllib.request.urlopen(address + shot.address, timeout=300) as answer:  # noqa: S310  # our own address
            return pages(answer.read())
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        locale=f"{shot.address.partition('lang=')[2][:2] or 'en'}-FI",  # days in the browser's own fields
    )
    context.set_default_timeout(120_000)
    try:
        page = context.new_page()
        answered = page.goto(address + shot.address)
        if answered is None or not answered.ok:
            raise SystemExit(f"{shot.name}: {shot.address} answers {answered and answered.status}")
        if shot.address.startswith("/map"):
            page.wait_for_selector("html[data-ready]")
        elif page.locator("iframe").count():
            page.frame_locator("iframe").first.locator("html[data-ready]").wait_for()
        page.wait_for_timeout(600)  # until names are placed
        if shot.how == "printed":
            return pages(page.pdf(format="A4", print_background=True))
        return [Image.open(io.BytesIO(page.screenshot(animations="disabled")))]
    finally:
        context.close()


def pages(pdf: bytes) -> list[Image.Image]:
    """Return the first three pages of a PDF as pictures of 90 dots per inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[number].render(scale=1.25).to_pil() for number in range(min(3, len(document)))]
    finally:
        document.close()


def kept(picture: Image.Image, path: Path) -> None:
    """Save a picture small: 128 colours are enough for pages."""
    picture.convert("RGB").quantize(128).save(path, optimize=True)


def shown() -> str:
    """Return the page that shows what is there."""
    lines = [
        "# What it looks like",
        "",
        "Written by `make screenshots` (`tools/write_screenshots.py`) from the sample.",
        "",
    ]
    for shot in SHOTS:
        found = [PICTURES / f"{shot.name}.png", *sorted(PICTURES.glob(f"{shot.name}-page-?.png"))]
        links = [f"![{shot.says}](../images/screenshots/{each.name})" for each in found if each.exists()]
        lines += [f"## {shot.says.rstrip('.')}", "", f"`{shot.address}`", "", *links, ""] if links else []
    return "\n".join(lines)


def main(names: list[str]) -> None:
    """Make the pictures, all or those named, and the page."""
    path = os.environ.get("GRAPHSVC_TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise SystemExit("Pictures need Chromium on the search path, or its path in GRAPHSVC_TEST_CHROMIUM.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            if names and shot.name not in names:
                continue
            pictures = taken(shot, browser, address)
            for number, picture in enumerate(pictures, start=1):
                tail = "" if len(pictures) == 1 else f"-page-{number}"
                kept(picture, PICTURES / f"{shot.name}{tail}.png")
            print(f"{shot.name}: {len(pictures)}", flush=True)
        browser.close()
    PAGE.write_text(shown(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
