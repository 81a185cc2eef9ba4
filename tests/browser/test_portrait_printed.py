"""A portrait in a real browser: one A4 whatever the data, nobody asked, reads on a phone, axe finds nothing."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from graphsvc.render.portrait_page import render_portrait
from tests.render.made_up_map import HOSTILE
from tests.render.made_up_portrait import LONG, made_up_portrait

TEXTS = {"few": ("", 1), "many": ("", 60), "long": (LONG, 60), "wide": ("W" * 10_000, 60), "hostile": (HOSTILE[0], 60)}


@pytest.mark.parametrize("name", TEXTS)
def test_it_prints_on_exactly_one_a4_and_runs_nothing(browser: Browser, tmp_path: Path, name: str) -> None:
    text, many = TEXTS[name]
    file = tmp_path / "portrait.html"
    file.write_text(render_portrait(made_up_portrait("fi", text, many)), encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    pdf = page.pdf(prefer_css_page_size=True)
    assert asked == [file.as_uri()]
    assert page.evaluate("window.struck") is None
    page.close()
    document = pypdfium2.PdfDocument(pdf)
    sizes = [tuple(round(side) for side in each.get_size()) for each in document]
    said = document[0].get_textpage().get_text_range()
    document.close()
    assert sizes == [(595, 842)]
    assert "aineiston versio 12" in said, "the foot is on the sheet"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_axe_finds_nothing_and_it_reflows_on_a_phone(browser: Browser, tmp_path: Path, language: str) -> None:
    file = tmp_path / "portrait.html"
    file.write_text(render_portrait(made_up_portrait(language, many=20)), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1100, "height": 900}, bypass_csp=True)
    page.goto(file.as_uri())
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
