"""A real Chromium, started once.

Without one the tests are skipped, or fail where GRAPHSVC_TEST_REQUIRE says "browser".
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from graphsvc.render.content import MapContent
from graphsvc.render.map import render_map, write_html
from tests.render.test_map_page import data_of

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
"""The first is the same browser without windows: an empty page takes 0.15 s of processor time, where it took 2."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("GRAPHSVC_TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        message = "needs Chromium on the search path, or its path in GRAPHSVC_TEST_CHROMIUM"
        if "browser" in os.environ.get("GRAPHSVC_TEST_REQUIRE", ""):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@dataclass
class Watched:
    """A page with everything it did that a map must not do."""

    page: Page
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """Refusals of the content security policy."""
        found: list[str] = self.page.evaluate("window.refused")
        return found

    def struck(self) -> bool:
        """Say whether text from data ran as a script."""
        found: bool = self.page.evaluate("window.struck !== undefined")
        return found

    def data(self) -> dict[str, Any]:
        """Everything the page's script works with."""
        return data_of(self.page.content())

    def settle(self) -> None:
        """Wait until what is moving has come to rest and names are placed."""
        self.page.wait_for_timeout(450)

    def open_tables(self) -> None:
        self.page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true; })")


WATCH = """
window.refused = [];
addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(event.violatedDirective + " " + event.blockedURI);
});
"""
Opener = Callable[..., Watched]


@pytest.fixture
def open_file(browser: Browser) -> Iterator[Opener]:
    """Return a function that opens a file in a fresh context, with everything but that file cut off."""
    contexts = []

    def open_(path: Path, *, fragment: str = "", script: bool = True, ready: bool = True, **options: Any) -> Watched:
        context = browser.new_context(java_script_enabled=script, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_init_script(WATCH)
        page = context.new_page()
        watched = Watched(page)
        page.on("request", lambda request: watched.requests.append(request.url))
        page.on("console", lambda message: watched.console.append(message.text))
        page.on("pageerror", lambda error: watched.console.append(str(error)))
        page.route(lambda url: not url.startswith(("file:", "blob:", "data:")), lambda route: route.abort())
        page.goto(path.as_uri() + fragment)
        if script and ready:
            page.wait_for_selector("html[data-ready]")
            watched.settle()
        return watched

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[MapContent], Path]:
    """Return a function that writes a map once and gives its path."""
    folder = tmp_path_factory.mktemp("maps")
    paths: dict[MapContent, Path] = {}

    def write(content: MapContent) -> Path:
        if content not in paths:
            paths[content] = folder / f"map-{len(paths)}.html"
            write_html(paths[content], render_map(content))
        return paths[content]

    return write


@pytest.fixture
def open_map(open_file: Opener, written: Callable[[MapContent], Path]) -> Opener:
    """Return a function that opens the map of a content."""

    def open_(content: MapContent, **options: Any) -> Watched:
        return open_file(written(content), **{"viewport": {"width": 1280, "height": 900}, **options})

    return open_
