"""Requests that a page of another site makes in the name of whoever reads it (CSRF): told by what browsers say of them.

A browser says with each request where it comes from: ``Sec-Fetch-Site``, and ``Origin`` where something is sent. A page
can't change either. So no form carries a secret, pages can be kept, and it also holds where nobody signs in: on one's
own machine, where any page of the web may post to 127.0.0.1 (docs/decisions/0025-users.md).
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import request

from graphsvc.api import cookies
from graphsvc.api.problems import RequestProblem

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""


def refuse_forged() -> None:
    """Raise :class:`RequestProblem` 403 where a page of another site asks for a change.

    Who shows a key is let through: no browser adds one by itself. So is whoever says neither header, which is no
    browser, unless it shows a session.
    """
    if request.method in SAFE or "Authorization" in request.headers:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        own = site in ("same-origin", "none")
    elif origin is not None:
        own = urlsplit(origin).netloc.lower() == request.host.lower()
    else:
        own = not cookies.session(request)
    if not own:
        raise RequestProblem(
            403, "A page of another site can't change anything here. Open the page of this service and send it there."
        )
