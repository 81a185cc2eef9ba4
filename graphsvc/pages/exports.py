"""A file that must be whole before it is sent: at once where it is small, else the page says how far it is."""

from __future__ import annotations

from typing import Any, get_args

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc import working
from graphsvc.access.rights import Right
from graphsvc.api import guarding
from graphsvc.api.contract import Contract
from graphsvc.api.exports import parameters_of
from graphsvc.exporting import Whole
from graphsvc.pages.html import language_of, parameters, show
from graphsvc.wishes import ExportAsked, PartAsked


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/exports/…``."""
    service = contract.service

    @pages.get("/exports/<name>")
    def export_page(name: str) -> AnyResponse:
        caller = contract.door.admit(Right.READ)
        if name not in get_args(Whole):
            abort(404)
        wanted: Any = guarding.narrowed(parameters(parameters_of(name)), caller, service.snapshot(), Right.READ)
        language = language_of(contract.language)
        said = {each: getattr(wanted, each) for each in ("two_mode", "style") if hasattr(wanted, each)}
        if hasattr(wanted, "view"):
            said["view"] = PartAsked.of(wanted.view)
        ask = ExportAsked(**{**said, "format": name, "language": language})
        address = _file(name, language)
        if working.is_quick(service, "export", ask):
            return redirect(address, 303)
        there = service.outlook.holds(ask.ask.shared)
        job = None if there else working.followed(service, "export", ask, caller.name)
        return show(contract, "export.html", ("pages", "export"), {"job": job, "file": address, "format": name})


def _file(name: str, language: str) -> str:
    kept: dict[str, Any] = {field: given for field, given in request.args.lists() if any(given)}
    return url_for(f"api.get_export_{name}", **{**kept, "lang": language})
