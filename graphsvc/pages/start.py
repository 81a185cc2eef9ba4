"""The start page: what is in the network, what is new, three partnerships worth a look, and where to go from here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, Final

from flask import Blueprint, Response, request, url_for

from graphsvc import wording, working
from graphsvc.access.rights import Caller, Right
from graphsvc.analysis.axes import upwards
from graphsvc.answers import Told
from graphsvc.api.contract import Contract
from graphsvc.model import EVERYTHING, PlaceKind, Snapshot, View
from graphsvc.opening import Openings, OpeningsAsk
from graphsvc.pages.html import language_of, show
from graphsvc.render.exports import MEDIA_TYPES
from graphsvc.service import Service
from graphsvc.store.feed import Happened
from graphsvc.wishes import MissingAsked, PartAsked

SEEN: Final = "seen"
"""Cookie: the revision that this browser saw last."""
VISIT: Final = "visit"
"""Cookie of one visit: the revision that had been seen before it."""
_CHANGES: Final = 20
_SHOWN: Final = 5
_SUGGESTED: Final = 3
_YEAR: Final = 365 * 24 * 3600


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve the page at ``/``."""
    service = contract.service

    @pages.get("/")
    def start() -> Response:
        caller = contract.door.admit(Right.READ)
        snapshot, language = service.snapshot(), language_of(contract.language)
        seen = _seen_before()
        values = {
            **_contents(snapshot, language),
            "changes": _changes(service, seen, caller),
            "openings": _openings(service, caller) if snapshot.collaborations else None,
            "home": _home(service).place,
            "waiting": service.waiting() if caller.right.holds(Right.WRITE) else 0,
            "suggested": _suggested(service, language) if snapshot.collaborations and not caller.limited else [],
            "shown": _SHOWN,
        }
        page = show(contract, "start.html", ("pages", "start"), values)
        return _remember(page, snapshot.revision, seen)


def _contents(snapshot: Snapshot, language: str) -> dict[str, Any]:
    themes = [theme for theme in snapshot.themes if theme.parent is None]
    regions = [place for place in snapshot.places if place.kind is PlaceKind.REGION]
    kinds = Counter(actor.kind.value for actor in snapshot.actors)
    stated = [source.stated for source in snapshot.sources if source.stated]
    return {
        "snapshot": snapshot,
        "counts": [
            wording.say("pages", f"count.{noun}", language, n=n, count=wording.number(n, language))
            for noun in ("actors", "collaborations", "participations", "themes", "sources")
            if (n := len(getattr(snapshot, noun)))
        ],
        "kinds": sorted(
            ((n, wording.say("kinds", f"actor.{kind}", language), kind) for kind, n in kinds.items()), reverse=True
        ),
        "stated": max(stated, default=None),
        "maps": [
            ("themes", "by_theme", sorted((each.in_language(language), _map(theme=each.id)) for each in themes)),
            ("regions", "by_region", sorted((each.name, _map(place=each.id)) for each in regions)),
        ],
        "formats": list(MEDIA_TYPES),
    }


def _map(**part: Any) -> str:
    return url_for("pages.network_page", **part)


@dataclass(frozen=True, slots=True)
class Since:
    """What happened since the last visit."""

    revision: int
    changes: tuple[Happened, ...]
    more: bool


def _changes(service: Service, seen: int | None, caller: Caller) -> Since | None:
    """Return what happened since a revision; None at a first visit, and for who may not see the whole graph."""
    if seen is None or caller.limited or seen > (revision := service.revision()):
        return None
    changes = service.changes_since(seen, _CHANGES)
    return Since(seen, changes, bool(changes) and changes[-1].revision < revision)


def _openings(service: Service, caller: Caller) -> Openings | None:
    return None if caller.limited or _has_no_past(service.snapshot()) else service.openings(OpeningsAsk())


def _has_no_past(snapshot: Snapshot) -> bool:
    starts = {each.start for each in snapshot.collaborations}
    return starts <= {None, date(1970, 1, 1)}


def _suggested(service: Service, language: str) -> tuple[Told, ...]:
    """Return the best missing partnerships in words; none where finding them takes long: their page then waits."""
    ask = MissingAsked(view=PartAsked.of(_home(service)))
    found = working.at_once(service, "missing", ask)
    return service.tell(found, ask.part, language)[:_SUGGESTED] if found else ()


def _home(service: Service) -> View:
    """Return the part that matters most to who keeps this network: the region that has most of the actors whose region
    is known; all where none has.
    """

    def found(_: View) -> View:
        snapshot = service.snapshot()
        tree = {place.id: place for place in snapshot.places}
        around = (upwards(tree, actor.place) for actor in snapshot.actors if actor.place)
        there = Counter(place.id for places in around for place in places if place.kind is PlaceKind.REGION)
        region, actors = max(there.items(), key=itemgetter(1), default=("", 0))
        return View(place=region) if 2 * actors > there.total() else EVERYTHING

    return service.outlook.recall("home", EVERYTHING, found)


def _seen_before() -> int | None:
    """Return the revision that this browser had seen before this visit."""
    for name in (VISIT, SEEN):
        text = request.cookies.get(name, "")
        if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
    return None


def _remember(page: Response, revision: int, seen: int | None) -> Response:
    how: dict[str, Any] = {"secure": request.is_secure, "httponly": True, "samesite": "Lax"}
    if VISIT not in request.cookies:
        page.set_cookie(VISIT, str(revision if seen is None else seen), **how)
    if request.cookies.get(SEEN) != str(revision):
        page.set_cookie(SEEN, str(revision), _YEAR, **how)
    return page
