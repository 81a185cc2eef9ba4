"""The start page: what is in the network, and where to go from here."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, url_for

from graphsvc import wording
from graphsvc.access.rights import Right
from graphsvc.api.contract import Contract
from graphsvc.model import PlaceKind, Snapshot
from graphsvc.pages.html import language_of, show
from graphsvc.render.exports import MEDIA_TYPES


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve the page at ``/``."""

    @pages.get("/")
    def start() -> Response:
        contract.door.admit(Right.READ)
        values = _start(contract.service.snapshot(), language_of(contract.language))
        return show(contract, "start.html", ("pages", "start"), values)


def _start(snapshot: Snapshot, language: str) -> dict[str, Any]:
    themes = sorted(
        (theme.in_language(language), url_for("api.get_map", theme=theme.id, lang=language))
        for theme in snapshot.themes
        if theme.parent is None
    )
    regions = sorted(
        (place.name, url_for("api.get_map", place=place.id, lang=language))
        for place in snapshot.places
        if place.kind is PlaceKind.REGION
    )
    return {
        "snapshot": snapshot,
        "counts": [
            wording.say("pages", f"count.{noun}", language, n=n, count=wording.number(n, language))
            for noun in ("actors", "collaborations", "participations", "sources")
            if (n := len(getattr(snapshot, noun)))
        ],
        "maps": [("themes", "by_theme", themes), ("regions", "by_region", regions)],
        "formats": list(MEDIA_TYPES),
    }
