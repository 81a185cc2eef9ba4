"""Addresses of pages: this one asked otherwise, and the one to go back to from an address that only takes forms."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException

_PLAIN: Final = "!$'()*,/:;?@"
"""Left as they are in a query, as Werkzeug leaves them."""
_PATH: Final = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]{0,2000}")
Asked = dict[str, list[str]]


def address(endpoint: str, but: Collection[str] = (), **more: str) -> str:
    """Return the address of a page with all that this one is asked, ``but`` some parameters and ``more``."""
    return _address(endpoint, {name: values for name, values in request.args.lists() if name not in but}, more)


def again(status: int, **more: str) -> str:
    """Return the address of this page with ``more``, where ``status`` is what this one is answered with.

    What answers a form can't be asked for again: then it is the page that the form stands on, or the nearest above.
    """
    if request.method in ("GET", "HEAD") and request.endpoint:
        return address(request.endpoint, **{**(request.view_args or {}), **more})
    return page_before(status, **more)


def page_before(status: int, **more: str) -> str:
    """Return the address, with ``more``, of the page whose form or link led here; else of the nearest above."""
    endpoint, path, asked = _form_page(status)
    return _address(endpoint, asked, {**path, **more})


def local(text: str) -> str:
    """Return a path of this service; the start page where a text is none, as an address of another site.

    >>> local("/missing?place=FI197"), local("//evil.example"), local("https://evil.example")
    ('/missing?place=FI197', '/', '/')
    """
    if not _PATH.fullmatch(text):
        return "/"
    parts = urlsplit(text)
    return "/" if parts.scheme or parts.netloc else text


def _form_page(status: int) -> tuple[str, dict[str, str], Asked]:
    """Return the page of the form that was sent, or of the link, with all its parameters; else one above.

    The browser names the former. After a 404 it may hold what is not there, so then, too, the latter is meant.
    """
    named = urlsplit(request.headers.get("Referer", ""))
    if status != 404 and named.netloc == request.host:
        known = _page_at(named.path)
        if known:
            return *known, parse_qs(named.query)
    parts = request.path.split("/")
    for end in range(len(parts), 1, -1):
        known = _page_at("/".join(parts[:end]))
        if known and not known[1]:
            return *known, {}
    return "pages.start", {}, {}


def _page_at(path: str) -> tuple[str, dict[str, str]] | None:
    """Return the page that is shown at a path, and its parameters; None for none."""
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None  # noqa: S101  # there is a request
    try:
        endpoint, values = adapter.match(path.removeprefix(request.root_path.rstrip("/")), method="GET")
    except HTTPException:
        return None
    return (endpoint, dict(values)) if endpoint.startswith("pages.") and "filename" not in values else None


def _address(endpoint: str, asked: Asked, more: dict[str, str]) -> str:
    """Return an address of ours; what was ``asked`` comes from outside, and ``url_for`` takes some names for orders."""
    built, _, query = url_for(endpoint, **more).partition("?")  # type: ignore[arg-type]  # no orders of ours
    kept = urlencode({name: values for name, values in asked.items() if name not in more}, doseq=True, safe=_PLAIN)
    query = "&".join(filter(None, (kept, query)))
    return f"{built}?{query}" if query else built
