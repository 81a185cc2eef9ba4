"""What went wrong, as a page: for a person who followed a link or sent a form, where the API answers with JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.api import problems
from graphsvc.api.contract import Contract
from graphsvc.pages.html import language_of, show, to_sign_in
from graphsvc.wording import say, table


def add(pages: Blueprint, contract: Contract) -> None:
    """Answer errors of pages, and addresses where nothing is, with a page where the reader asks for one."""

    def answer(error: Exception) -> AnyResponse:
        told = problems.answer(error)
        wanted = request.accept_mimetypes.best_match([problems.MEDIA_TYPE, "text/html"], problems.MEDIA_TYPE)
        if wanted != "text/html" or request.path.startswith("/api/"):
            return told
        if told.status_code == 401 and request.method == "GET" and "Authorization" not in request.headers:
            return redirect(to_sign_in(request.full_path.rstrip("?")), 303)
        said = told.get_json(force=True)
        key = f"title_{told.status_code}"
        known = f"problem.{key}" in table("pages")
        values = {
            "problem": said,
            "headline": key if known else "title_other",
            **_told(error, said["errors"], language_of(contract.language)),
        }
        page = show(contract, "problem.html", ("pages", "problem"), values, told.status_code)
        for name in ("Retry-After", "Allow", "WWW-Authenticate"):
            if name in told.headers:
                page.headers[name] = told.headers[name]
        page.headers["Cache-Control"] = "no-store"
        return page

    pages.register_error_handler(Exception, answer)
    pages.app_errorhandler(NotFound)(answer)
    pages.app_errorhandler(MethodNotAllowed)(answer)  # where a form was sent to, opened as a page


def _told(error: Exception, fields: Sequence[Mapping[str, str]], language: str) -> dict[str, Any]:
    """Return what the page says, each thing once: an answer for programs says of a field what its ``detail`` says."""
    told = problems.sentences(error)
    labelled = [{**each, "label": _label(each["field"], language)} for each in fields]
    if fields and isinstance(error, problems.RequestProblem):
        repeated = all(each["message"].rstrip(".") in error.detail for each in fields)
        return {"told": () if repeated else told, "fields": labelled}
    return {"told": told, "fields": [each for each in labelled if each["message"] not in told]}


def _label(field: str, language: str) -> str:
    """Return what forms call a parameter; empty for one that no form has."""
    key = f"field.{field.partition('.')[0]}"
    return say("pages", key, language) if key in table("pages") else ""
