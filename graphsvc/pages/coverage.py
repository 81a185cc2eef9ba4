"""Coverage as a page: who of each sector, or area, works on which theme, and what is missing beside partnerships."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

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
from graphsvc.errors import InvalidValue
from graphsvc.measuring import REQUEST_SECONDS
from graphsvc.pages import choices
from graphsvc.pages.addresses import address
from graphsvc.pages.html import about_a_view, language_of, show
from graphsvc.service import Service
from graphsvc.spotted import GapTold, tell
from graphsvc.spotting import LISTED, By, CoverageAsk, GapsAsk, names
from graphsvc.wording import say


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


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/coverage``."""
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
            "other": address("pages.coverage_page", ("by",), by="area" if wanted.by == "helix" else "helix"),
        }
        return show(contract, "coverage.html", ("gaps", "page"), values)


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
