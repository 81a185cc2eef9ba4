"""Every page has its picture in the documentation, and the pictures stay light."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings
from tools.write_screenshots import PAGE, PICTURES, SHOTS

NO_PAGES: Final = {
    "pages.static",
    "pages.icon",
    "pages.actor_picture",
    "pages.openapi_document",
    "pages.problem",  # leads to a part of the documentation
    "pages.readying",  # what a page waits with
    "pages.report_page",  # waits, then leads to the report
    "pages.export_page",  # waits, then has the file
    "pages.import_job_page",  # waits, then leads to what was found
}
"""What is served beside pages."""
STEPS: Final = {"pages.upload_page": 1, "pages.found_page": 2, "pages.imported_page": 3}
"""Pages of an import, with the number of times that a button is pressed before."""
MOST: Final = 5_000_000
"""Bytes of all pictures."""


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    settings = Settings(store=":memory:", home=tmp_path)
    service = Service.open(settings)
    try:
        return create_app(settings, service)
    finally:
        service.close()


def test_every_page_has_a_picture(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    pictured = set()
    for shot in SHOTS:
        try:
            pictured.add(adapter.match(shot.address.partition("?")[0].partition("#")[0])[0])
        except NotFound:
            assert shot.name == "problem"
    pictured |= {name for name, presses in STEPS.items() if any(shot.presses == presses for shot in SHOTS)}
    served = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("pages.") and "GET" in (rule.methods or ())
    }
    assert len(served) > 20
    assert served - NO_PAGES - pictured == set(), "pages without a line in tools/write_screenshots.py"


def test_pictures_are_shown_and_light() -> None:
    shown = PAGE.read_text(encoding="utf-8")
    files = sorted(PICTURES.glob("*.png"))
    assert len(files) > 40
    assert [each.name for each in files if f"screenshots/{each.name})" not in shown] == []
    assert sum(each.stat().st_size for each in files) < MOST
