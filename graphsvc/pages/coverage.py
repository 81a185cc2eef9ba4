"""Coverage as a page: who of each sector, or area, works on which theme, and what is missing beside partnerships."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final
from urllib.parse import quote

from flask import Blueprint, Response
from pydantic import Field

from graphsvc.analysis.coverage import Coverage, Standing, Threshold
from graphsvc.analysis.gap_wording import coverage_method, group_name
from graphsvc.analysis.reasons import NameOf
from graphsvc.analysis.results import Noun, Ref
from graphsvc.api.asking import IN_DIGITS
from graphsvc.api.contract import Contract
from graphsvc.api.gaps import Fewest, Level
from graphsvc.api.params import Lang, ViewParameters
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.identifiers import fold
from graphsvc.measuring import REQUEST_SECONDS
from graphsvc.model import Id
from graphsvc.pages import choices
from graphsvc.pages.addresses import address
from graphsvc.pages.html import about_a_view, language_of, show
from graphsvc.service import Service
from graphsvc.spotted import GapTold, tell
from graphsvc.spotting import LISTED, By, CoverageAsk, GapsAsk, names
from graphsvc.wording import say

NAMES: Final = 3000
"""Names of actors up to which a matrix has them under its numbers; where there are more, each number leads to them."""
LISTED_AT_ONCE: Final = 200
"""Actors of a cell on one page."""


class CoverageAsked(ViewParameters):
    """A matrix, and how many gaps of each kind beside it."""

    by: By = "helix"
    level: Level = 1
    fewest: Fewest = 2
    top: Annotated[int, Field(ge=1, le=100), IN_DIGITS] = 5
    lang: Lang = None

    @property
    def asked(self) -> CoverageAsk:
        """The same as the service is asked it."""
        return CoverageAsk(self.by, self.level, Threshold(self.fewest))


class CellAsked(CoverageAsked):
    """One cell of a matrix, and the page of the list of its actors."""

    on: Id
    """Id of the theme."""
    group: Id | None = None
    """Of the sector, or of the place; none for the actors that are in none."""
    page: Annotated[int, Field(ge=1, le=10_000), IN_DIGITS] = 1


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/coverage``, and who is behind a number of it."""
    service = contract.service

    @pages.get("/coverage")
    def coverage_page() -> Response:
        wanted, _ = about_a_view(CoverageAsked, contract)
        language = language_of(contract.language)
        found = service.coverage(wanted.view, wanted.asked)
        name_of = names(service.network(wanted.view), language)
        try:
            gaps, too_large = _gaps(service, wanted, language, name_of), ""
        except InvalidValue as error:  # so large a network; the matrix stands, and the form above it narrows the view
            gaps, too_large = [], error.message
        values = {
            "wanted": wanted,
            "options": choices.of_view(service.outlook, language, wanted.place),
            "found": found,
            "groups": {id_: group_name(found.by, id_, language, name_of) for id_ in found.groups},
            "themes": {id_: name_of(Ref(Noun.THEME, id_)) for id_ in found.themes},
            "name_of": lambda id_: name_of(Ref(Noun.ACTOR, id_)),
            "counts": _counts(found),
            "method": coverage_method(wanted.asked.threshold, len([id_ for id_ in found.groups if id_]), language),
            "gaps": gaps,
            "too_large": too_large,
            "behind": _behind(found),
            "other": address("pages.coverage_page", ("by",), by="area" if wanted.by == "helix" else "helix"),
        }
        return show(contract, "coverage.html", ("gaps", "page"), values)

    @pages.get("/coverage/actors")
    def coverage_actors_page() -> Response:
        wanted, _ = about_a_view(CellAsked, contract)
        language = language_of(contract.language)
        found, network = service.coverage(wanted.view, wanted.asked), service.network(wanted.view)
        name_of, group = names(network, language), wanted.group or ""
        if wanted.on not in found.themes:
            raise NotFound("theme", wanted.on)
        if group not in found.groups:
            raise NotFound("sector" if wanted.by == "helix" else "place", group)
        actors = sorted(
            (network.actors[id_] for id_ in found.cell(wanted.on, group).actors),
            key=lambda each: (fold(each.name), each.id),
        )
        start, place_of = (wanted.page - 1) * LISTED_AT_ONCE, choices.place_namer(service.outlook, language)
        values = {
            "heading": f"{name_of(Ref(Noun.THEME, wanted.on))}: {group_name(found.by, group, language, name_of)}",
            "found": found,
            "total": len(actors),
            "rows": [
                (each, say("kinds", f"actor.{each.kind}", language), place_of(each.place))
                for each in actors[start : start + LISTED_AT_ONCE]
            ],
            "matrix": address("pages.coverage_page", ("on", "group", "page")),
            "first": address("pages.coverage_actors_page", ("page",)) if wanted.page > 1 else "",
            "following": address("pages.coverage_actors_page", ("page",), page=str(wanted.page + 1))
            if start + LISTED_AT_ONCE < len(actors)
            else "",
        }
        return show(contract, "coverage_actors.html", ("gaps", "cell"), values)


def _behind(found: Coverage) -> dict[str, Any] | None:
    """Return what the addresses of the lists behind the numbers are made of; None where the page has all names."""
    if sum(len(cell.actors) for cell in found.cells) <= NAMES:
        return None
    start = address("pages.coverage_actors_page", ("top", "on", "group", "page"))
    return {
        "start": start + ("&" if "?" in start else "?"),
        "quoted": {id_: quote(id_, safe="") for id_ in (*found.themes, *found.groups)},
    }


def _counts(found: Coverage) -> Mapping[str, int]:
    standings = [cell.standing for cell in found.cells if cell.group]
    return {standing.value: standings.count(standing) for standing in Standing}


def _gaps(
    service: Service, wanted: CoverageAsked, language: str, name_of: NameOf
) -> list[tuple[str, int, list[GapTold]]]:
    """Return the name of each kind of gap, how many there are, and the best of them in words."""
    ask = GapsAsk(LISTED, wanted.top, wanted.level, wanted.asked.threshold, most=REQUEST_SECONDS)
    found = service.gaps(wanted.view, ask)
    told = tell(found.gaps, language, name_of)
    return [
        (say("gaps", f"kind.{kind}", language), number, [each for each in told if each.kind is kind])
        for kind, number in found.found.items()
    ]
