"""What stands in the frame of the network page where the map is refused or takes long, as a browser shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import request
from playwright.sync_api import Browser

from graphsvc import errors, working
from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.working import dispatcher
from tests.browser.accessible import violations, violations_in_the_dark
from tests.browser.serving import served

pytestmark = pytest.mark.browser
SAID = {"fi": "tietokantaan ei saada nyt yhteyttä", "sv": "databas kan inte nås", "en": "can't be reached just now"}
LANGUAGES = tuple(SAID)
PATIENCE = 60_000
"""Milliseconds: the network is measured on first asking, beside other tests."""


@pytest.fixture(scope="module")
def service(sample_copy: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    service = Service.open(Settings(store=sample_copy(), home=tmp_path_factory.mktemp("home")))
    yield service
    service.close()


def test_a_map_that_is_refused_is_a_sentence_in_the_frame_and_may_be_tried_again(
    browser: Browser, service: Service
) -> None:
    app = create_app(Settings(store=":memory:"), service)
    away = {"away": True}

    @app.before_request
    def refuse() -> None:
        if request.path == "/map" and away["away"]:
            raise errors.StoreUnavailable("bolt://secret.example:7687 is away")

    with served(app) as address:
        context = browser.new_context(viewport={"width": 320, "height": 800})
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        for language in LANGUAGES:
            away["away"] = True
            page.goto(f"{address}/network?place=FI197&kind=university&lang={language}")
            frame = page.frame_locator("iframe")
            assert SAID[language] in frame.locator("main").inner_text()
            assert frame.locator("nav, header").count() == 0
            away["away"] = False
            frame.locator("a.action").click()
            frame.locator("html[data-ready]").wait_for()
            away["away"] = True
            alone = context.new_page()
            alone.goto(f"{address}/map?lang={language}")
            assert violations(alone) == [], language
            assert violations_in_the_dark(alone) == [], language
            assert not alone.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            alone.close()
        assert {"policy" in each.lower() for each in said} <= {False}, "nothing was refused by a policy"
        context.close()


def test_a_map_that_takes_long_is_there_in_the_frame_when_it_is_made(
    browser: Browser, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    with served(create_app(Settings(store=":memory:"), service)) as address:
        context = browser.new_context()
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"{address}/map?kind=civil_society&lang=sv")
        assert page.locator("h1").inner_text() == "Kartan håller på att göras"
        assert violations(page) == violations_in_the_dark(page) == []
        dispatcher(service, threads=0).drain()
        page.locator("html[data-ready]").wait_for()
        context.close()
