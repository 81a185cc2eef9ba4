"""All pages in one list."""

from __future__ import annotations

from contextlib import closing
from typing import Final

from flask import Blueprint, Response

from graphsvc.api.contract import Contract
from graphsvc.pages import (
    accessibility,
    actor,
    actors,
    contacts,
    coverage,
    decisions,
    documentation,
    exports,
    importing,
    missing,
    network,
    places,
    problem,
    publications,
    readying,
    region_environments,
    regions,
    review,
    settings,
    signing_in,
    start,
    track_record,
    waiting,
)
from graphsvc.settings import Settings

PAGES: Final = (
    readying,
    places,
    start,
    importing,
    actors,
    actor,
    contacts,
    network,
    exports,
    missing,
    decisions,
    coverage,
    track_record,
    publications,
    region_environments,
    regions,
    review,
    settings,
    signing_in,
    documentation,
    waiting,
    problem,
)
"""Modules that serve pages; each has ``add(pages, contract)``."""


def blueprint(contract: Contract, settings: Settings) -> Blueprint:
    """Return the pages on the service of ``contract``, which runs with ``settings``."""
    pages = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static")
    for module in PAGES:
        module.add(pages, contract)
    accessibility.add(pages, contract, settings)

    @pages.after_request
    def read_at_once(response: Response) -> Response:
        if response.direct_passthrough and response.status_code == 200:
            # A small file of ours: one whose reader hangs up would stay open until somebody collects it.
            with closing(response.response) as file:  # type: ignore[type-var]
                body = b"".join(file)  # type: ignore[arg-type]  # of bytes
            response.direct_passthrough = False
            response.set_data(body)
        return response

    @pages.get("/favicon.ico")
    def icon() -> Response:
        return pages.send_static_file("icon.svg")

    return pages
