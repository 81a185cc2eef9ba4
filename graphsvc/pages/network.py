"""The network as a page: its map, its communities by name, and its actors in the order of a measure."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from flask import Blueprint, Response, request, url_for
from pydantic import Field

from graphsvc import working
from graphsvc.analysis.catalogue import SHOWN
from graphsvc.analysis.results import Measures
from graphsvc.api.asking import IN_DIGITS
from graphsvc.api.contract import Contract
from graphsvc.api.params import MapParameters, ViewParameters
from graphsvc.network import Network
from graphsvc.pages import choices
from graphsvc.pages.addresses import address
from graphsvc.pages.html import about_a_view, language_of, show
from graphsvc.pages.publications import FromAMap
from graphsvc.render.gather import named_communities
from graphsvc.wishes import MapAsked, MeasuresAsked, PartAsked
from graphsvc.wording import number, say

COLUMNS: Final = choices.SIZES
"""Measures of the table."""
_SAID: Final = ("meaning", "high", "misleads")
_DIGITS: Final = {"strength": 1, "betweenness": 3}


class NetworkAsked(MapParameters):
    """A map, and the order of the table beside it."""

    sort: Literal["degree", "strength", "betweenness"] = "betweenness"
    limit: Annotated[int, Field(ge=1, le=500), IN_DIGITS] = 25


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/network``."""
    service = contract.service

    @pages.get("/network")
    def network_page() -> Response:
        wanted, caller = about_a_view(NetworkAsked, contract)
        language = language_of(contract.language)
        network = service.network(wanted.view)
        ask = MeasuresAsked(view=PartAsked.of(wanted.view), measures=tuple(sorted(SHOWN)))
        found = working.at_once(service, "measures", ask)
        job = None if found else working.followed(service, "measures", ask, caller.name)
        # What a frame shows of an answer that is no map is for programs: so it is asked before.
        drawn = MapAsked.of(wanted, wanted.view, language)
        large = not working.is_quick(service, "map", drawn)
        there = not large or service.outlook.holds(drawn.ask.shared)
        values = {
            "wanted": wanted,
            "options": choices.of_view(service.outlook, language, wanted.place),
            "sizes": choices.sizes(language),
            "map_address": _map_address(language),
            "part": _asked(ViewParameters),
            "taken_along": _asked(FromAMap),
            "network": network,
            "job": job,
            "map_job": None if there else working.followed(service, "map", drawn, caller.name),
            "large": large,
            "found": found,
            **(_told(found, network, wanted, language) if found else {}),
        }
        return show(contract, "network.html", ("pages", "network"), values)


def _map_address(language: str) -> str:
    asked: dict[str, Any] = {**_asked(MapParameters), "lang": language}
    return url_for("api.get_map", **asked)


def _asked(model: type[ViewParameters]) -> dict[str, list[str]]:
    """Return what the address says of the parameters of a model."""
    return {name: given for name, given in request.args.lists() if name in model.model_fields and any(given)}


def _told(found: Measures, network: Network, wanted: NetworkAsked, language: str) -> dict[str, Any]:
    order = found.measures[wanted.sort].values
    ranked = sorted(network.actors, key=lambda id_: (-order.get(id_, 0.0), id_))
    group = found.community_of()
    named = {each.id: each.name for each in named_communities(found.communities, network, language)}

    def figure(id_: str, measure: str) -> str:
        value = found.measures[measure].values.get(id_)
        return "" if value is None else number(value, language, _DIGITS.get(measure, 0))

    return {
        "rows": [
            (
                id_,
                network.actors[id_].name,
                say("kinds", f"actor.{network.actors[id_].kind}", language),
                named.get(group.get(id_, -1), ""),
                [figure(id_, measure) for measure in COLUMNS],
            )
            for id_ in ranked[: wanted.limit]
        ],
        "total": len(ranked),
        "columns": [
            (id_, say("measures", f"{id_}.name", language), address("pages.network_page", ("sort",), sort=id_))
            for id_ in COLUMNS
        ],
        "communities": [(named[each.id], len(each.actors)) for each in found.communities if each.id in named],
        "explained": [
            (say("measures", f"{id_}.name", language), [say("measures", f"{id_}.{key}", language) for key in _SAID])
            for id_ in COLUMNS
        ],
        "more": address("pages.network_page", ("limit",), limit=str(min(500, wanted.limit * 4)))
        if len(ranked) > wanted.limit < 500
        else "",
    }
