"""The track record as a page: how often suggestions of a past day came true, beside the usual indices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request, url_for

from graphsvc import wording, working
from graphsvc.access.rights import Right
from graphsvc.analysis.backtest import LINES, Backtest
from graphsvc.analysis.results import Noun, Ref
from graphsvc.analysis.track_record import scope_name, track_record
from graphsvc.api import asking
from graphsvc.api.backtests import BacktestParameters
from graphsvc.api.contract import Contract
from graphsvc.api.html import LANGUAGES, WITH_FORM, language_of, page
from graphsvc.api.problems import RequestProblem
from graphsvc.model import PlaceKind
from graphsvc.working import BacktestAsked


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve the page at ``/track-record``. It takes the parameters of ``/api/v1/backtests``."""

    @pages.get("/track-record")
    def track_record_page() -> Response:
        caller = contract.door.admit(Right.READ)
        if caller.limited:
            raise RequestProblem(403, "This key is limited to a part; the track record is about the whole graph.")
        given = request.args.copy()
        for name in [name for name, value in given.items() if not value]:
            del given[name]  # a form sends what was left empty, too
        wanted = asking.parameters(BacktestParameters, {}, given)
        assert isinstance(wanted, BacktestParameters)  # noqa: S101  # what was asked for
        places = (wanted.place,) if wanted.place else ()
        ask = BacktestAsked(until=wanted.until, to=wanted.to, places=places, balance=wanted.balance)
        service, language = contract.service, language_of(contract.language)
        found = job = None
        if service.snapshot().collaborations:
            found = working.at_once(service, "backtest", ask)
            job = None if found else working.queue(service, "backtest", ask, caller.name)
        values = {"wanted": wanted, "job": job, **_told(contract, found, language), **_form(contract, language)}
        values["same_page"] = lambda code: url_for(
            "pages.track_record_page", lang=code, until=wanted.until, to=wanted.to, place=wanted.place
        )
        return page("track.html", values, WITH_FORM)


def _form(contract: Contract, language: str) -> dict[str, Any]:
    regions = [place for place in contract.service.snapshot().places if place.kind is not PlaceKind.MUNICIPALITY]
    return {
        "language": language,
        "languages": LANGUAGES,
        "regions": sorted((place.name, place.id) for place in regions),
        "text": lambda key, **parameters: wording.say("backtest", f"page.{key}", language, **parameters),
        "share": lambda value: f"{wording.number(100 * value, language, 1)} %",
        "count": lambda value: wording.number(value, language),
    }


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
