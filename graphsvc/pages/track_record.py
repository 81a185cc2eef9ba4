"""The track record as a page: how often suggestions of a past day came true, beside the usual indices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response

from graphsvc import surroundings, wording, working
from graphsvc.access.rights import Right
from graphsvc.analysis.backtest import LINES, Backtest
from graphsvc.analysis.results import Noun, Ref
from graphsvc.analysis.track_record import scope_name, track_record
from graphsvc.api.backtests import BacktestParameters
from graphsvc.api.contract import Contract
from graphsvc.api.problems import RequestProblem
from graphsvc.ingest.places import in_language
from graphsvc.model import PlaceKind
from graphsvc.pages.html import language_of, parameters, show
from graphsvc.wishes import BacktestAsked


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve the page at ``/track-record``. It takes the parameters of ``/api/v1/backtests``."""

    @pages.get("/track-record")
    def track_record_page() -> Response:
        caller = contract.door.admit(Right.READ)
        if caller.limited:
            raise RequestProblem(403, "This key is limited to a part; the track record is about the whole graph.")
        wanted = parameters(BacktestParameters)
        places = (wanted.place,) if wanted.place else ()
        ask = BacktestAsked(until=wanted.until, to=wanted.to, places=places, balance=wanted.balance)
        service, language = contract.service, language_of(contract.language)
        found = job = None
        if service.snapshot().collaborations:
            found = working.at_once(service, "backtest", ask)
            job = None if found else working.followed(service, "backtest", ask, caller.name)
        form = _form(contract, language, wanted.place)
        values = {"wanted": wanted, "job": job, **_told(contract, found, language), **form}
        return show(contract, "track.html", ("backtest", "page"), values)


def _form(contract: Contract, language: str, chosen: str | None) -> dict[str, Any]:
    places = surroundings.places(contract.service.outlook).values()
    regions = [place for place in places if place.kind is not PlaceKind.MUNICIPALITY or place.id == chosen]
    return {"regions": sorted((in_language(place, language), place.id) for place in regions)}


def _told(contract: Contract, found: Backtest | None, language: str) -> dict[str, Any]:
    if found is None:
        return {"found": None}
    network = contract.service.network()

    def name_of(place: str) -> str:
        return network.name_of(Ref(Noun.PLACE, place), language)

    return {
        "found": found,
        "lines": LINES,
        "sentences": track_record(found, language, name_of),
        "scopes": [(_scope(each.name, language, name_of), each.name) for each in found.scopes],
        "scorer": lambda id_: wording.say("backtest", f"scorer.{id_}", language),
    }


def _scope(id_: str, language: str, name_of: Callable[[str], str]) -> str:
    name = scope_name(id_, language, name_of)
    return name[:1].upper() + name[1:]
