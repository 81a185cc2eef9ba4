"""What the pages share: whose language they speak, the frame they stand in, and the headers they are sent with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from flask import Response, current_app, g, make_response, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from graphsvc import wording
from graphsvc.access.rights import Caller, Right
from graphsvc.api import asking, guarding
from graphsvc.api.asking import Parameters
from graphsvc.api.contract import Contract
from graphsvc.api.params import ViewParameters
from graphsvc.asof import HOME_ZONE
from graphsvc.pages import happenings
from graphsvc.pages.addresses import again
from graphsvc.said import said

LANGUAGES: Final = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self';"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
MENU: Final = (
    ("pages.start", "start"),
    ("pages.import_page", "import"),
    ("pages.review_page", "review"),
    ("pages.actors_page", "actors"),
    ("pages.network_page", "network"),
    ("pages.missing_page", "missing"),
    ("pages.coverage_page", "coverage"),
    ("pages.regions_page", "regions"),
    ("pages.publications_page", "publications"),
    ("pages.settings_page", "settings"),
)
"""Endpoint of each page that the menu names, with the key of its name, in the order of a coordinator's work."""
COOKIE: Final = "language"
"""Keeps the language that a person chose, and nothing else."""
PLACE_NAMED: Final = "place_named"
"""What a form calls its field for the name of a place that its list does not hold."""
_CODE: Final = re.compile("`([^`]+)`")
_YEAR: Final = 365 * 24 * 3600
P = TypeVar("P", bound=Parameters)
V = TypeVar("V", bound=ViewParameters)


def language_of(default: str) -> str:
    """Return the language of this request: as its parameter says, else as chosen before, else the browser's."""
    for asked in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if asked in LANGUAGES:
            return asked
    return request.accept_languages.best_match(list(LANGUAGES), default) or default


def parameters(model: type[P], path: Mapping[str, str] | None = None) -> P:
    """Return what the address of this page asks for, read as the API reads it; what a form left empty is not asked.

    Raises :class:`graphsvc.api.problems.RequestProblem` 422 with the wrong fields.
    """
    return _read(model, path or {}, request.args)


def about_a_view(model: type[V], contract: Contract) -> tuple[V, Caller]:
    """Return what the address of a page about a view asks for, within what the caller is limited to, and the caller.

    Errors are those of the door, of :func:`parameters`, and 403 for a question about another part.
    """
    caller = contract.door.admit(Right.READ)
    wanted = guarding.narrowed(parameters(model), caller, contract.service.snapshot(), Right.READ)
    assert isinstance(wanted, model)  # noqa: S101  # what was asked for
    return wanted, caller


def sent(model: type[P], place_meant: Callable[[str], str] | None = None) -> P:
    """Return what a form sent, read as :func:`parameters` reads an address.

    ``place_meant`` returns the id of the place that a name means, for a form that lets one be named; its errors are
    raised.
    """
    given = MultiDict(request.form)
    if place_meant and (named := given.pop(PLACE_NAMED, "").strip()):
        given.setlist("place", [place_meant(named)])
    return _read(model, {}, given)


def _read(model: type[P], path: Mapping[str, str], given: MultiDict[str, str]) -> P:
    passed_over = {"lang"} - set(model.model_fields)  # every page takes it
    filled = MultiDict([(name, value) for name, value in given.items(multi=True) if value and name not in passed_over])
    found = asking.parameters(model, path, filled)
    assert isinstance(found, model)  # noqa: S101  # what was asked for
    return found


def show(
    contract: Contract, template: str, topic: tuple[str, str], values: Mapping[str, Any], status: int = 200
) -> Response:
    """Return a page in the frame; a request that has it already gets 304.

    ``topic`` is the table of ``wordings/`` and the head of the keys that ``text(key)`` of the template reads: its
    ``title`` and ``lead`` head the page.
    """
    language = language_of(contract.language)
    table, head = topic
    words = {**_words(language, table, head), **_person(contract, status)}
    response = make_response(render_template(template, **words, **values), status)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Language"] = language
    response.vary.update(("Accept-Language", "Cookie"))
    if request.args.get("lang") == language != request.cookies.get(COOKIE):
        response.set_cookie(COOKIE, language, _YEAR, secure=request.is_secure, httponly=True, samesite="Lax")
    if status == 200:
        response.add_etag()
        response.make_conditional(request)
    return response


def _words(language: str, table: str, head: str) -> dict[str, Any]:
    """Return what every template speaks with."""
    return {
        "language": language,
        "languages": LANGUAGES,
        "menu": [
            (url_for(name), key, request.endpoint == name) for name, key in MENU if name in current_app.view_functions
        ],
        "say": lambda table, key, **given: wording.say(table, key, language, **given),
        "shell": lambda key, **given: wording.say("pages", f"shell.{key}", language, **given),
        "text": lambda key, **given: wording.say(table, f"{head}.{key}", language, **given),
        "number": lambda value, digits=0: wording.number(value, language, digits),
        "counted": lambda n, key: (wording.number(n, language), wording.say(table, f"{head}.{key}", language, n=n)),
        "share": lambda value, digits=1: f"{wording.number(100 * value, language, digits)} %",
        "role": lambda text: wording.role(text, language),
        "said": lambda text: marked(text, language),
        "day": lambda value: wording.day(value, language) if value else "",
        "act": lambda text: happenings.act(text, language),
        "happened": lambda changes, snapshot: happenings.lines(changes, snapshot, language),
        "moment": lambda value: wording.moment(value.astimezone(HOME_ZONE), language),
        "years": _years,
        "actor_page": lambda id_: url_for("pages.actor_page", id=id_),
        "import_address": _import_address(),
    }


def marked(text: str, language: str) -> Markup:
    """Return an English sentence of ours in the reader's language, or as it is and marked as English.

    What stands in backticks, as a command or a parameter, is marked as code.
    """
    words, spoken = said(text, language)
    told = Markup(_CODE.sub(r"<code>\1</code>", str(escape(words))))  # noqa: S704  # escaped before
    return told if spoken == language else Markup('<span lang="{}">{}</span>').format(spoken, told)


def _years(first: int | None, last: int | None) -> str:
    """Return years as people write a span of them; open where an end is not known."""
    return "" if first is None and last is None else f"{first or ''}–{last or ''}" if first != last else f"{first}"


def _person(contract: Contract, status: int) -> dict[str, Any]:
    """Return who is signed in, where to sign in, neither where nobody is asked to; and this page in a language."""
    known = g.get("user") if contract.door.asks else None
    back = "/" if request.endpoint in ("pages.sign_in_page", "pages.sign_in") else again(status)
    return {
        "same_page": lambda code: again(status, lang=code),
        "signed_in": known.name if known else "",
        "sign_in_address": to_sign_in(back) if contract.door.asks and not known else "",
    }


def to_sign_in(back: str) -> str:
    """Return the address of the page to sign in, which leads ``back``; in the language that this one was asked in."""
    asked = request.args.get("lang")
    return url_for("pages.sign_in_page", next=back, lang=asked if asked in LANGUAGES else None)


def _import_address() -> str:
    return url_for("pages.import_page") if "pages.import_page" in current_app.view_functions else ""
