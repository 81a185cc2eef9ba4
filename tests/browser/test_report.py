"""The report in a browser: no request, nothing runs, for everybody, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from graphsvc.render.map import write_html
from graphsvc.render.report_content import Report
from graphsvc.render.report_page import render_report
from tests.browser.accessible import violations, violations_in_the_dark
from tests.browser.conftest import Opener, Watched
from tests.render.made_up_report import hostile_report, made_up_report

pytestmark = pytest.mark.browser


@pytest.fixture
def open_report(open_file: Opener, tmp_path: Path) -> Callable[..., Watched]:
    """Return a function that opens a report from disk with the network cut off."""

    def open_(report: Report, **options: Any) -> Watched:
        path = tmp_path / "report.html"
        write_html(path, render_report(report))
        return open_file(path, ready=False, **{"viewport": {"width": 1100, "height": 900}, **options})

    return open_


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_axe_finds_nothing(open_report: Callable[..., Watched], language: str) -> None:
    report = open_report(made_up_report(language))
    assert violations(report.page) == []
    assert violations_in_the_dark(report.page) == [], "in the dark"
    report.open_tables()
    assert violations(report.page) == [], "with all details open"
    assert violations_in_the_dark(report.page) == [], "with all details open, in the dark"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_sideways_scroll_at_320_px(open_report: Callable[..., Watched], language: str) -> None:
    report = open_report(made_up_report(language), viewport={"width": 320, "height": 800})
    report.open_tables()
    assert report.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_it_asks_for_nothing_and_breaks_no_policy(open_report: Callable[..., Watched]) -> None:
    report = open_report(made_up_report())
    report.open_tables()
    assert [url for url in report.requests if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in report.requests if url.startswith("file:")]) == 1
    assert report.violations() == []
    assert report.console == []


def test_hostile_text_never_runs(open_report: Callable[..., Watched]) -> None:
    report = open_report(hostile_report())
    report.open_tables()
    for link in report.page.query_selector_all("nav a"):
        link.click()
    for place in report.page.query_selector_all("[tabindex='0'], summary"):
        place.focus()
    assert not report.struck()
    assert report.violations() == []
    assert [url for url in report.requests if not url.startswith(("file:", "data:"))] == []


def test_the_keyboard_reaches_all_that_scrolls(open_report: Callable[..., Watched]) -> None:
    report = open_report(made_up_report(), viewport={"width": 320, "height": 800})
    unreachable = report.page.eval_on_selector_all(
        "*",
        "all => all.filter(each => each.scrollWidth > each.clientWidth + 1 && ['auto', 'scroll'].includes("
        "getComputedStyle(each).overflowX) && each.tabIndex < 0).map(each => each.outerHTML.slice(0, 100))",
    )
    assert unreachable == []


def test_on_paper_the_map_has_a_page_that_lies_and_the_rest_is_a4(open_report: Callable[..., Watched]) -> None:
    report = open_report(made_up_report("fi"))
    printed = pypdfium2.PdfDocument(report.page.pdf(prefer_css_page_size=True, print_background=True))
    sizes = [tuple(round(each * 25.4 / 72) for each in page.get_size()) for page in printed]
    assert set(sizes) == {(210, 297), (297, 210)}
    assert sizes.count((297, 210)) == 1
