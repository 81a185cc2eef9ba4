"""The pages for people beside the map: a start page, and the API's documentation, both plain HTML without scripts."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from flask import Blueprint, Response, json, redirect, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as AnyResponse

from graphsvc import wording
from graphsvc.access.rights import Right
from graphsvc.api import openapi, problems, track_page
from graphsvc.api.contract import Contract, Endpoint
from graphsvc.api.html import LANGUAGES, language_of, page
from graphsvc.model import PlaceKind, Snapshot
from graphsvc.render.exports import MEDIA_TYPES


def blueprint(contract: Contract) -> Blueprint:
    """Return the pages on the service of ``contract``."""
    pages = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static")

    pages.add_app_template_filter(_marked, "marked")

    @cache
    def document() -> dict[str, Any]:
        return openapi.document(contract)

    @pages.get("/")
    def start() -> Response:
        contract.door.admit(Right.READ)
        return page("start.html", _start(contract.service.snapshot(), language_of(contract.language)))

    @pages.get("/api/v1/docs")
    def docs() -> Response:
        operations = [
            (path, method, operation)
            for path, methods in document()["paths"].items()
            for method, operation in methods.items()
        ]
        examples = {each.name: _example(each) for each in contract if each.method == "GET"}
        return page(
            "docs.html",
            {**document(), "operations": operations, "examples": examples, "problem_kinds": problems.kinds()},
        )

    @pages.get("/api/v1/openapi.json")
    def openapi_document() -> Response:
        served = {**document(), "servers": [{"url": request.script_root or "/"}]}
        response = Response(json.dumps(served, sort_keys=False, ensure_ascii=False), content_type="application/json")
        response.headers["Cache-Control"] = "no-cache"
        response.add_etag()
        response.make_conditional(request)
        return response

    @pages.get("/problems/<name>")
    def problem(name: str) -> AnyResponse:
        if name not in {each.name for each in problems.kinds()}:
            raise problems.RequestProblem(404, problems.OF_STATUS[404].detail)
        return redirect(url_for("pages.docs", _anchor=f"problem-{name}"))

    track_page.add(pages, contract)
    return pages


def _example(endpoint: Endpoint) -> str:
    values: dict[str, Any] = dict(endpoint.example)
    return url_for(f"api.{endpoint.name}", **values)


def _marked(text: str) -> Markup:
    """Return a description as HTML: what stands between back-ticks as code."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if n % 2 else escape(part) for n, part in enumerate(parts)
    )


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
        "language": language,
        "languages": LANGUAGES,
        "same_page": lambda code: url_for("pages.start", lang=code),
        "snapshot": snapshot,
        "text": lambda key, **parameters: wording.say("pages", f"start.{key}", language, **parameters),
        "day": lambda day: _day(day, language),
        "counts": [
            wording.say("pages", f"count.{noun}", language, n=n, count=wording.number(n, language))
            for noun in ("actors", "collaborations", "participations", "sources")
            if (n := len(getattr(snapshot, noun)))
        ],
        "maps": [("themes", "by_theme", themes), ("regions", "by_region", regions)],
        "formats": list(MEDIA_TYPES),
    }


def _day(day: date, language: str) -> str:
    return f"{day.day}.{day.month}.{day.year}" if language != "en" else day.isoformat()
