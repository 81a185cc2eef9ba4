"""What the pages for people share: their language, and their headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Response, render_template, request

LANGUAGES: Final = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
POLICY: Final = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
WITH_FORM: Final = POLICY.replace("form-action 'none'", "form-action 'self'")


def language_of(default: str) -> str:
    """Return the language that a request asks for: by its parameter, else by its browser, else the installation's."""
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(list(LANGUAGES), default) or default


def page(template: str, values: Mapping[str, Any], policy: str = POLICY) -> Response:
    """Return a page; a request that has it already gets 304."""
    response = Response(render_template(template, **values), content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = policy
    response.headers["Cache-Control"] = "no-cache"
    if "language" in values:
        response.headers["Content-Language"] = values["language"]
        response.vary.add("Accept-Language")
    response.add_etag()
    response.make_conditional(request)
    return response
