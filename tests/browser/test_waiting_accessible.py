"""Pages that wait are accessible in each language: work is under way, it failed, or it was cancelled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Browser, Page

from graphsvc import working
from graphsvc.app import create_app
from graphsvc.jobs.job import State
from graphsvc.pages import readying
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.browser.serving import served
from tests.browser.test_by_keyboard import LIST, PATIENCE
from tests.browser.test_steps_accessible import look
from tests.pages.test_waiting import WAITING_FOR

pytestmark = pytest.mark.browser
LANGUAGES = ("fi", "sv", "en")
PLACES = {**WAITING_FOR, "map": "/map?place=FI197"}
"""Kind of job → the address of a page that waits for one."""
ALERT = "main .notice[role=alert]"


@pytest.fixture(scope="module")
def settings(sample_copy: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(store=sample_copy(), home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def service(settings: Settings, browser: Browser) -> Iterator[Service]:
    opened = Service.open(settings)
    yield opened
    opened.close()


@pytest.fixture
def address(settings: Settings, service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where the service is, of which nothing is quick and whose jobs nobody does."""
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    with served(create_app(settings, service)) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def look_at_all(page: Page, address: str, there: str) -> None:
    """See that the page is accessible in each language, and in the dark in the first."""
    for language in LANGUAGES:
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        assert page.get_attribute("html", "lang") == language
        page.locator(there).first.wait_for()
        look(page, page.url, language == "fi")
    page.goto("about:blank")  # a page that waits asks for itself anew when its job ends


def fail(service: Service, kind: str) -> None:
    while claim := service.jobs.claim("test", [kind]):
        service.jobs.end(claim, State.FAILED, "The store has no room left.", "Make room on the disk.")


def cancel(service: Service, kind: str) -> None:
    for job in service.jobs.find((State.QUEUED,), kind)[0]:
        service.jobs.cancel(job.id)


@pytest.mark.parametrize("kind", PLACES)
def test_a_page_that_waits_and_what_failed(page: Page, address: str, service: Service, kind: str) -> None:
    look_at_all(page, address + PLACES[kind], "[data-job]")
    if kind in WAITING_FOR:  # a map alone is begun anew by who asks for it
        fail(service, kind)
        look_at_all(page, address + PLACES[kind], ALERT)


def test_what_was_cancelled(page: Page, address: str, service: Service) -> None:
    at = f"{address}{PLACES['missing']}&kind=university"
    page.goto(at)
    page.locator("[data-job]").wait_for()
    page.goto("about:blank")
    cancel(service, "missing")
    look_at_all(page, at, ALERT)


@pytest.mark.parametrize("end", [fail, cancel])
def test_an_import_that_is_looked_at(
    page: Page, address: str, service: Service, tmp_path: Path, end: Callable[[Service, str], None]
) -> None:
    file = tmp_path / f"{end.__name__}.csv"
    file.write_text(LIST.replace("2026", f"2026 {end.__name__}"), encoding="utf-8")
    page.goto(f"{address}/import?lang=fi")
    page.set_input_files("input[type=file]", file)
    page.click("main button.action")
    page.locator("main h2").first.wait_for()
    page.click("main button.action")
    page.locator("[data-job]").wait_for()
    at = page.url.partition("?")[0]
    look_at_all(page, at, "[data-job]")
    end(service, "check")
    look_at_all(page, at, ALERT)


def test_a_network_that_is_being_read(
    page: Page, address: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, snapshot = Event(), service.outlook.snapshot
    monkeypatch.setattr(readying, "LARGE", 0)
    monkeypatch.setattr(service, "snapshot", lambda: (held.wait(PATIENCE / 1000), snapshot())[1])
    try:
        look_at_all(page, f"{address}/actors", "[data-job='/readying']")
    finally:
        held.set()
