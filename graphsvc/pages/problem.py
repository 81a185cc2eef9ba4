"""What went wrong, as a page: for a person who followed a link or sent a form, where the API answers with JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.api import problems
from graphsvc.api.contract import JSON, Contract
from graphsvc.pages.addresses import address, page_before
from graphsvc.pages.html import POLICY, language_of, show, to_sign_in
from graphsvc.wording import say, table

_KEPT: Final = ("Retry-After", "Allow", "WWW-Authenticate", "Location")
"""Headers that a page has of the answer that it stands for."""
_AGAIN: Final = frozenset({408, 429, 500, 503, 504})
"""Statuses after which the same question may be answered."""
_OF_THE_MAP: Final = "api.get_map"
_KNOWN: Final = "Unknown parameter. Known here: "


def add(pages: Blueprint, contract: Contract) -> None:
    """Answer errors of pages, maps and files, and addresses where nothing is, with a page where a reader asks for one.

    Maps are looked at in frames, so what stands in for one has nothing around it and may stand in the same frames.
    Files are what links of pages lead to; an address that gives nothing but JSON is for programs, whoever asks.
    """
    maps = frozenset(
        f"api.{each.name}" for each in contract if "text/html" in each.answers and not each.path.startswith("/api/")
    )
    files = frozenset(f"api.{each.name}" for each in contract if each.method == "GET" and {*each.answers} - {JSON})

    @pages.app_errorhandler(Exception)
    def answer(error: Exception) -> AnyResponse:
        told = problems.answer(error)
        endpoint = request.endpoint or ("" if request.path.startswith("/api/") else "pages.")
        is_file = endpoint in files
        if not (is_file or endpoint.startswith("pages.")) or not problems.is_for_a_person():
            return told
        signs_in = told.status_code == 401 and request.method == "GET" and "Authorization" not in request.headers
        if signs_in and not is_file:
            return redirect(to_sign_in(request.full_path.rstrip("?")), 303)
        said = told.get_json(force=True)
        key = f"title_{told.status_code}"
        known = f"problem.{key}" in table("pages")
        values = {
            "problem": said,
            "headline": key if known else "title_other",
            "bare": is_file,
            "ours": endpoint not in maps or endpoint == _OF_THE_MAP,
            "again": is_file and told.status_code in _AGAIN,
            "sign_in": to_sign_in(address("pages.network_page") if endpoint in maps else page_before(401))
            if signs_in
            else "",
            **_told(error, said["errors"], language_of(contract.language)),
        }
        return stand_in(show(contract, "problem.html", ("pages", "problem"), values, told.status_code), told)

    @pages.after_app_request
    def is_being_made(told: Response) -> Response:
        if told.status_code != 202 or request.endpoint not in files or not problems.is_for_a_person():
            return told
        job = contract.service.jobs.get(str(told.get_json()["id"]))
        words = "making" if request.endpoint in maps else "making_file"
        return stand_in(show(contract, "map_waiting.html", ("pages", words), {"job": job}, 202), told)

    def stand_in(page: Response, told: AnyResponse) -> Response:
        """Return a page for an answer to programs, with what that says in its headers, and where that may stand."""
        for name in _KEPT:
            if name in told.headers:
                page.headers[name] = told.headers[name]
        page.headers["Cache-Control"] = "no-store"
        page.vary.add("Accept")
        if request.endpoint in maps:
            frames = "'self'" if request.endpoint == _OF_THE_MAP else contract.service.publications.frames or "'self'"
            page.headers["Content-Security-Policy"] = POLICY.replace("ancestors 'none'", f"ancestors {frames}")
        return page


def _told(error: Exception, fields: Sequence[Mapping[str, str]], language: str) -> dict[str, Any]:
    """Return what the page says, each thing once: an answer for programs says of a field what its ``detail`` says."""
    told = problems.sentences(error)
    labelled = [
        {"field": each["field"], "message": _marked(each["message"]), "label": _label(each["field"], language)}
        for each in fields
    ]
    if fields and isinstance(error, problems.RequestProblem):
        repeated = all(each["message"].rstrip(".") in error.detail for each in fields)
        return {"told": () if repeated else told, "fields": labelled}
    return {"told": told, "fields": [each for each in labelled if each["message"] not in told]}


def _marked(message: str) -> str:
    """Return a message in which names of parameters are marked as code: they are written so in the address."""
    names = message.removeprefix(_KNOWN).removesuffix(".")
    if not message.startswith(_KNOWN) or names == "none":
        return message
    return f"{_KNOWN}{', '.join(f'`{name}`' for name in names.split(', '))}."


def _label(field: str, language: str) -> str:
    """Return what forms call a parameter; empty for one that no form has."""
    key = f"field.{field.partition('.')[0]}"
    return say("pages", key, language) if key in table("pages") else ""
