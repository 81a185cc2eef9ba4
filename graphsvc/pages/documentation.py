"""The API's documentation as a page that works without a network, its OpenAPI document, and what each problem means."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Blueprint, Response, json, redirect, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.api import openapi, problems
from graphsvc.api.contract import Contract, Endpoint
from graphsvc.pages.html import POLICY


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/api/v1/docs``, ``/api/v1/openapi.json`` and ``/problems/…``."""
    pages.add_app_template_filter(_marked, "marked")

    @cache
    def document() -> dict[str, Any]:
        return openapi.document(contract)

    @pages.get("/api/v1/docs")
    def docs() -> Response:
        operations = [
            (path, method, operation)
            for path, methods in document()["paths"].items()
            for method, operation in methods.items()
        ]
        shown = [each for each in contract if each.method == "GET" and (each.example or "{" not in each.path)]
        examples = {each.name: _example(each) for each in shown}
        values = {"operations": operations, "examples": examples, "problem_kinds": problems.kinds()}
        response = Response(
            render_template("docs.html", **document(), **values), content_type="text/html; charset=utf-8"
        )
        response.headers["Content-Security-Policy"] = POLICY
        return _fresh(response)

    @pages.get("/api/v1/openapi.json")
    def openapi_document() -> Response:
        served = {**document(), "servers": [{"url": request.script_root or "/"}]}
        response = Response(json.dumps(served, sort_keys=False, ensure_ascii=False), content_type="application/json")
        return _fresh(response)

    @pages.get("/problems/<name>")
    def problem(name: str) -> AnyResponse:
        if name not in {each.name for each in problems.kinds()}:
            raise problems.RequestProblem(404, problems.OF_STATUS[404].detail)
        return redirect(url_for("pages.docs", _anchor=f"problem-{name}"))


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _example(endpoint: Endpoint) -> str:
    values: dict[str, Any] = dict(endpoint.example)
    return url_for(f"api.{endpoint.name}", **values)


def _marked(text: str) -> Markup:
    """Return a description as HTML: what stands between back-ticks as code."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if n % 2 else escape(part) for n, part in enumerate(parts)
    )
